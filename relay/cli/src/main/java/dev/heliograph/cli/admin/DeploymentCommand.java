package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;

@Command(
        name = "deployment",
        description = "Show the deployment that goes on, or the last one, and what was said of its canary.",
        footer = {"", "Example:", "  heliograph deployment"})
public final class DeploymentCommand extends OperatorCommand implements Callable<Integer> {

    public DeploymentCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<JsonNode> deployment = find(AdminClient.get("/v1/deployment"));
        if (shownAsJson(deployment.orElseGet(AdminClient.JSON::createObjectNode))) {
            return 0;
        }
        if (deployment.isEmpty()) {
            out().println("there was no deployment yet");
            return 0;
        }
        print(deployment.get());
        return 0;
    }

    private void print(JsonNode deployment) {
        new Table("VERSION", "COLOUR", "HOW", "PHASE", "CANARY", "BY", "STARTED", "UPDATED", "ID", "NOTE")
                .row(
                        change(deployment, "previous", "version"),
                        change(deployment, "from", "to"),
                        deployment.path("strategy").asText(),
                        deployment.path("phase").asText(),
                        deployment.path("canary_percent").asInt() + " %",
                        deployment.path("by").asText(),
                        Words.time(deployment.path("started_ms").asLong()),
                        Words.time(deployment.path("updated_ms").asLong()),
                        deployment.path("id").asText(),
                        Words.orDash(deployment.path("note").asText()))
                .print(out(), "");
        JsonNode verdicts = deployment.path("verdicts");
        if (!verdicts.isEmpty()) {
            out().println();
            Table table = new Table("CANARY", "VERDICT", "AT", "REASONS");
            for (JsonNode each : verdicts) {
                table.row(
                        each.path("percent").asInt() + " %",
                        each.path("verdict").asText(),
                        Words.time(each.path("at_ms").asLong()),
                        Words.orDash(StreamSupport.stream(each.path("reasons").spliterator(), false)
                                .map(JsonNode::asText)
                                .collect(Collectors.joining("; "))));
            }
            table.print(out(), "");
        }
    }

    private static String change(JsonNode deployment, String before, String after) {
        return Words.orDash(deployment.path(before).asText()) + " -> "
                + Words.orDash(deployment.path(after).asText());
    }
}
