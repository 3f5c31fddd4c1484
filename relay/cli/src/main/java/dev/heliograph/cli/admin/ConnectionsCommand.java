package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import java.util.ArrayList;
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
        name = "connections",
        description = {
            "Show the live connections of all nodes, or end some.",
            "A query says which ones and in which order: ip in 10.0.0.0/8 and queue > 64KiB order by out_rate desc"
        },
        footer = {
            "",
            "Examples:",
            "  heliograph connections 'queue > 64KiB order by queue desc' --limit 20",
            "  heliograph connections --by ip/24",
            "  heliograph connections show 4f0c2a9e-6f0e-4b7a-9d58-0a4de0f5e0c1",
            "  heliograph connections disconnect 'client = \"web\" and version < 2.1' --cap 500 --pace 50 --dry-run"
        })
public final class ConnectionsCommand extends OperatorCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", arity = "0..1", paramLabel = "QUERY", description = "Which ones; all without it.")
    private String query = "";

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "Show groups: by ip, ip/16, user, channel, client, version, node, colour, encoding.")
    private Optional<String> by = Optional.empty();

    @Option(names = "--limit", paramLabel = "COUNT", description = "Rows, 1 to 1000. Default: 50.")
    private int limit = 50;

    public ConnectionsCommand(Shell shell) {
        super(shell);
        this.shell = shell;
    }

    /// The commands below this one.
    public List<Object> subcommands() {
        return List.of(new Show(shell), new Disconnect(shell));
    }

    @Override
    public Integer call() throws InterruptedException {
        return by.isPresent() ? groups(by.get()) : list();
    }

    private int list() throws InterruptedException {
        JsonNode answer =
                send(AdminClient.get("/v1/connections").with("q", query).with("limit", limit));
        if (shownAsJson(answer)) {
            return 0;
        }
        rows(answer.path("connections")).print(out(), "no connection is like that");
        long matched = answer.path("matched").asLong();
        if (matched > answer.path("connections").size()) {
            out().println("%d of %d".formatted(answer.path("connections").size(), matched));
        }
        printMissing(answer.path("missing"));
        return 0;
    }

    static Table rows(JsonNode connections) {
        Table table =
                new Table("CLIENT", "USER", "IP", "NODE", "LIBRARY", "AGE", "SUBS", "QUEUE", "IN/S", "OUT/S", "RTT");
        for (JsonNode each : connections) {
            table.row(
                    each.path("id").asText(),
                    Words.orDash(each.path("user").asText()),
                    each.path("ip").asText(),
                    each.path("node").asText(),
                    Words.orDash((each.path("client").asText() + " "
                                    + each.path("version").asText())
                            .strip()),
                    Words.duration(System.currentTimeMillis()
                            - each.path("connected_at").asLong()),
                    each.path("subscriptions").asInt(),
                    Words.bytes(each.path("queue_bytes").asLong()),
                    rate(each.path("in_rate")),
                    rate(each.path("out_rate")),
                    each.has("rtt_ms") ? each.path("rtt_ms").asInt() + " ms" : "-");
        }
        return table;
    }

    private static String rate(JsonNode rate) {
        return String.format(Locale.ROOT, "%.1f", rate.asDouble());
    }

    private int groups(String what) throws InterruptedException {
        JsonNode answer = send(AdminClient.get("/v1/connections/groups")
                .with("by", what)
                .with("q", query)
                .with("limit", limit));
        if (shownAsJson(answer)) {
            return 0;
        }
        Table table = new Table(what.toUpperCase(Locale.ROOT), "CONNECTIONS", "QUEUE", "IN/S", "OUT/S");
        for (JsonNode each : answer.path("groups")) {
            group(table, Words.orDash(each.path("key").asText()), each);
        }
        long others = answer.path("others").asLong();
        if (others > 0) {
            group(table, "(" + others + " others)", answer.path("rest"));
        }
        table.print(out(), "no connection is like that");
        printMissing(answer.path("missing"));
        return 0;
    }

    private static void group(Table table, String key, JsonNode each) {
        table.row(
                key,
                each.path("connections").asLong(),
                Words.bytes(each.path("queue_bytes").asLong()),
                rate(each.path("in_rate")),
                rate(each.path("out_rate")));
    }

    @Command(
            name = "show",
            description = "Show one connection, its subscriptions, and what happened to it.",
            footer = {"", "Example:", "  heliograph connections show 4f0c2a9e-6f0e-4b7a-9d58-0a4de0f5e0c1"})
    static final class Show extends OperatorCommand implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "CLIENT", description = "The id of the connection.")
        private String client = "";

        Show(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            JsonNode answer = send(AdminClient.get("/v1/connections/" + AdminClient.segment(client)));
            if (shownAsJson(answer)) {
                return 0;
            }
            rows(new com.fasterxml.jackson.databind.node.ArrayNode(AdminClient.JSON.getNodeFactory())
                            .add(answer.path("connection")))
                    .print(out(), "");
            if (answer.has("closed_at")) {
                out().println("closed at " + Words.time(answer.path("closed_at").asLong()));
            }
            out().println();
            Table events = new Table("TIME", "EVENT", "CODE", "DETAIL", "BY");
            for (JsonNode each : answer.path("events")) {
                events.row(
                        Words.time(each.path("at").asLong()),
                        each.path("kind").asText(),
                        each.has("code") ? each.path("code").asText() : "-",
                        Words.orDash(each.path("detail").asText()),
                        Words.orDash(each.path("by").asText()));
            }
            events.print(out(), "nothing is known of what happened");
            out().println();
            Table subscriptions = new Table("CHANNEL", "SERVER-SIDE", "POSITIONED", "PRESENCE");
            for (JsonNode each : answer.path("subscriptions")) {
                subscriptions.row(
                        each.path("channel").asText(),
                        each.path("server_side").asBoolean() ? "yes" : "no",
                        each.path("positioned").asBoolean() ? "yes" : "no",
                        each.path("presence").asBoolean() ? "yes" : "no");
            }
            subscriptions.print(out(), "no subscriptions");
            return 0;
        }
    }

    @Command(
            name = "disconnect",
            description = {
                "End connections. Which ones is settled when it begins; then they end at the pace.",
                "A query needs --cap, or --all."
            },
            footer = {
                "",
                "Examples:",
                "  heliograph connections disconnect 'user = \"42\"' --cap 10 --reason 'asked to'",
                "  heliograph connections disconnect --id 4f0c2a9e-6f0e-4b7a-9d58-0a4de0f5e0c1 --stay-away"
            })
    static final class Disconnect extends OperatorCommand implements Callable<Integer> {

        @Mixin
        private final Change change = new Change();

        @Parameters(index = "0", arity = "0..1", paramLabel = "QUERY", description = "Which ones.")
        private Optional<String> query = Optional.empty();

        @Option(names = "--id", paramLabel = "CLIENT", description = "This connection. Can be repeated.")
        private List<String> ids = new ArrayList<>();

        @Option(names = "--cap", paramLabel = "COUNT", description = "At most so many.")
        private Optional<Integer> cap = Optional.empty();

        @Option(names = "--all", description = "All that the query means, however many.")
        private boolean all;

        @Option(names = "--pace", paramLabel = "RATE", description = "Connections a second. Default: at once.")
        private Optional<Double> pace = Optional.empty();

        @Option(names = "--stay-away", description = "Tell clients not to come back by themselves.")
        private boolean stayAway;

        @Option(names = "--code", paramLabel = "CODE", description = "The close code, 3000 to 4999.")
        private Optional<Integer> code = Optional.empty();

        Disconnect(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            if (ids.isEmpty() == query.isEmpty()) {
                throw new ParameterException(spec().commandLine(), "either a QUERY or --id is needed");
            }
            ObjectNode wish = AdminClient.JSON.createObjectNode();
            if (!ids.isEmpty()) {
                wish.set("ids", AdminClient.JSON.valueToTree(ids));
            }
            query.ifPresent(text -> wish.put("query", text));
            cap.ifPresent(count -> wish.put("cap", count));
            if (all) {
                wish.put("all", true);
            }
            pace.ifPresent(rate -> wish.put("per_second", rate));
            wish.put("reconnect", !stayAway);
            code.ifPresent(number -> wish.put("code", number));
            JsonNode answer = send(change.on(AdminClient.post("/v1/disconnects").body(wish)));
            if (shownAsJson(answer)) {
                return 0;
            }
            if (answer.path("dry_run").asBoolean()) {
                JsonNode preview = answer.path("preview");
                out().println("dry run: %d of %d connections would end, in %s"
                        .formatted(
                                preview.path("selected").asLong(),
                                preview.path("matched").asLong(),
                                Words.duration(preview.path("takes_ms").asLong())));
                rows(preview.path("examples")).print(out(), "");
                printMissing(preview.path("missing"));
            } else {
                JsonNode operation = answer.path("operation");
                out().println("operation %s: %d of %d connections end, in %s"
                        .formatted(
                                operation.path("operation").asText(),
                                operation.path("selected").asLong(),
                                operation.path("matched").asLong(),
                                Words.duration(operation.path("left_ms").asLong())));
                printMissing(operation.path("failures"));
            }
            return 0;
        }
    }
}
