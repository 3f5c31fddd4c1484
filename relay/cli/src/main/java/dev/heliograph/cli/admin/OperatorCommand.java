package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What the commands for operators have in common: the options of [AdminOptions], and an answer that is shown
/// as
/// JSON or as they like.
abstract class OperatorCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// How an answer is written.
    enum Output {
        TABLE,
        JSON
    }

    @Mixin
    private final AdminOptions admin;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: table.")
    private Output output = Output.TABLE;

    OperatorCommand(Shell shell) {
        this.admin = new AdminOptions(shell);
    }

    final CommandSpec spec() {
        return spec;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final boolean json() {
        return output == Output.JSON;
    }

    final JsonNode send(AdminClient.Call call) throws InterruptedException {
        return admin.client().send(call);
    }

    /// Asks for something that need not be there.
    final Optional<JsonNode> find(AdminClient.Call call) throws InterruptedException {
        return admin.client().find(call);
    }

    final void watch(AdminClient.Call call, Consumer<JsonNode> messages, CompletableFuture<Void> end)
            throws InterruptedException {
        admin.client().watch(call, messages, end);
    }

    /// Shows an answer as JSON, if that is asked for.
    ///
    /// @return whether it was
    final boolean shownAsJson(JsonNode answer) {
        if (json()) {
            out().println(answer.toPrettyString());
        }
        return json();
    }

    /// What could not be asked, in a line each.
    final void printMissing(JsonNode missing) {
        for (JsonNode each : missing) {
            out().println("not all nodes have answered: " + Table.safe(each.asText()));
        }
    }

    /// Who would be, or was, hit by a change.
    final void printPreview(JsonNode answer) {
        boolean dry = answer.path("dry_run").asBoolean();
        JsonNode preview = answer.path("preview");
        long hit = preview.path("hit").asLong();
        out().println("%s%d connected %s in its scope, %d %s hit%s"
                .formatted(
                        dry ? "dry run, nothing is changed: " : "in force on all nodes: ",
                        preview.path("matching").asLong(),
                        preview.path("matching").asLong() == 1 ? "client is" : "clients are",
                        hit,
                        dry ? "would be" : hit == 1 ? "is" : "are",
                        hit == 0 ? "" : ", for example:"));
        if (hit > 0) {
            Table table = new Table("CLIENT", "IP", "USER");
            for (JsonNode each : preview.path("examples")) {
                table.row(
                        each.path("id").asText(),
                        each.path("ip").asText(),
                        Words.orDash(each.path("user").asText()));
            }
            table.print(out(), "");
        }
    }
}
