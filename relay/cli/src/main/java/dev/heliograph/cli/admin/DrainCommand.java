package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.cli.Conversions;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "drain",
        description = "Show how far each node is with moving its clients elsewhere, or move them.",
        footer = {
            "",
            "Examples:",
            "  heliograph drain",
            "  heliograph drain start relay-1 --pace 100",
            "  heliograph drain start relay-1 --percent 25 --within 5m --dry-run",
            "  heliograph drain pause relay-1",
            "  heliograph drain cancel relay-1",
            "  heliograph drain rebalance --pace 20"
        })
public final class DrainCommand extends OperatorCommand implements Callable<Integer> {

    private final Shell shell;

    public DrainCommand(Shell shell) {
        super(shell);
        this.shell = shell;
    }

    /// The commands below this one.
    public List<Object> subcommands() {
        return List.of(new Start(shell), new Pause(shell), new Resume(shell), new Cancel(shell), new Rebalance(shell));
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = send(AdminClient.get("/v1/drains"));
        if (!shownAsJson(answer)) {
            rows(answer.path("drains")).print(out(), "there are no nodes");
        }
        return 0;
    }

    private static Table rows(JsonNode drains) {
        Table table = new Table(
                "NODE", "WHAT", "STATE", "MOVED", "OF", "LEFT", "CONNECTIONS", "PACE", "MEASURED", "ENDS IN", "NOTE");
        for (JsonNode each : drains) {
            table.row(
                    each.path("node").asText(),
                    each.path("kind").asText(),
                    each.path("state").asText(),
                    each.path("moved").asLong(),
                    each.path("total").asLong(),
                    each.path("left").asLong(),
                    each.path("connections").asLong(),
                    rate(each.path("pace")),
                    rate(each.path("measured")),
                    each.has("eta_ms") ? Words.duration(each.path("eta_ms").asLong()) : "-",
                    Words.orDash(each.path("note").asText()));
        }
        return table;
    }

    private static String rate(JsonNode rate) {
        return String.format(Locale.ROOT, "%.1f/s", rate.asDouble());
    }

    private static void printOne(OperatorCommand command, JsonNode answer) {
        if (answer.path("dry_run").asBoolean()) {
            command.out().println("dry run, nothing is changed:");
        }
        rows(new ArrayNode(AdminClient.JSON.getNodeFactory()).add(answer.path("drain")))
                .print(command.out(), "");
    }

    @Command(
            name = "start",
            description = "Ask the clients of a node to reconnect elsewhere, evenly spaced.",
            footer = {"", "Example:", "  heliograph drain start relay-1 --pace 100 --reason 'kernel update'"})
    static final class Start extends OperatorCommand implements Callable<Integer> {

        @Mixin
        private final Change change = new Change();

        @Parameters(index = "0", paramLabel = "NODE", description = "Its name or id.")
        private String node = "";

        @Option(names = "--pace", paramLabel = "RATE", description = "Clients a second.")
        private Optional<Double> pace = Optional.empty();

        @Option(
                names = "--within",
                paramLabel = "TIME",
                converter = Conversions.Time.class,
                description = "Until when all are asked; the pace follows from it.")
        private Optional<Duration> within = Optional.empty();

        @Option(names = "--percent", paramLabel = "SHARE", description = "Of its clients. Default: 100.")
        private Optional<Double> percent = Optional.empty();

        @Option(names = "--count", paramLabel = "COUNT", description = "So many clients.")
        private Optional<Integer> count = Optional.empty();

        @Option(names = "--force", description = "Even if no other node is there to take them.")
        private boolean force;

        Start(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            if (pace.isPresent() == within.isPresent()) {
                throw new ParameterException(spec().commandLine(), "either --pace or --within is needed");
            }
            ObjectNode wish = AdminClient.JSON.createObjectNode();
            pace.ifPresent(rate -> wish.put("per_second", rate));
            within.ifPresent(time -> wish.put("deadline_ms", time.toMillis()));
            percent.ifPresent(share -> wish.put("percent", share));
            count.ifPresent(number -> wish.put("count", number));
            if (force) {
                wish.put("force", true);
            }
            JsonNode answer = send(change.on(
                    AdminClient.post("/v1/drains/" + AdminClient.segment(node)).body(wish)));
            if (!shownAsJson(answer)) {
                printOne(this, answer);
            }
            return 0;
        }
    }

    /// A word to a drain that goes on.
    abstract static class Word extends OperatorCommand implements Callable<Integer> {

        @Mixin
        private final Change change = new Change();

        @Parameters(index = "0", paramLabel = "NODE", description = "Its name or id.")
        private String node = "";

        private final String word;

        Word(Shell shell, String word) {
            super(shell);
            this.word = word;
        }

        @Override
        public Integer call() throws InterruptedException {
            JsonNode answer = send(change.on(AdminClient.post("/v1/drains/" + AdminClient.segment(node) + "/" + word)));
            if (!shownAsJson(answer)) {
                printOne(this, answer);
            }
            return 0;
        }
    }

    @Command(
            name = "pause",
            description = "Stop for a while; the node still refuses clients.",
            footer = {"", "Example:", "  heliograph drain pause relay-1"})
    static final class Pause extends Word {
        Pause(Shell shell) {
            super(shell, "pause");
        }
    }

    @Command(
            name = "resume",
            description = "Go on.",
            footer = {"", "Example:", "  heliograph drain resume relay-1"})
    static final class Resume extends Word {
        Resume(Shell shell) {
            super(shell, "resume");
        }
    }

    @Command(
            name = "cancel",
            description = "End it; the node takes clients again.",
            footer = {"", "Example:", "  heliograph drain cancel relay-1"})
    static final class Cancel extends Word {
        Cancel(Shell shell) {
            super(shell, "cancel");
        }
    }

    @Command(
            name = "rebalance",
            description = "Move clients from nodes that have more than the mean, until they have not.",
            footer = {"", "Example:", "  heliograph drain rebalance --pace 20 --tolerance 10"})
    static final class Rebalance extends OperatorCommand implements Callable<Integer> {

        @Mixin
        private final Change change = new Change();

        @Option(names = "--pace", required = true, paramLabel = "RATE", description = "Clients a second of each node.")
        private double pace;

        @Option(
                names = "--tolerance",
                paramLabel = "PERCENT",
                description = "By which a node may have more than the mean. Default: 10.")
        private Optional<Double> tolerance = Optional.empty();

        Rebalance(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            ObjectNode wish = AdminClient.JSON.createObjectNode().put("per_second", pace);
            tolerance.ifPresent(percent -> wish.put("tolerance_percent", percent));
            JsonNode answer = send(change.on(AdminClient.post("/v1/rebalance").body(wish)));
            if (shownAsJson(answer)) {
                return 0;
            }
            if (change.dryRun()) {
                out().println("dry run, nothing is changed:");
            }
            rows(answer.path("drains")).print(out(), "there are no nodes");
            return 0;
        }
    }
}
