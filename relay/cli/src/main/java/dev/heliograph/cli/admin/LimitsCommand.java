package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "limits",
        description = "Show and change limits of connections and operations.",
        footer = {
            "",
            "Examples:",
            "  heliograph limits",
            "  heliograph limits set publishes --operation publish --scope user --rate 20 --burst 40 --try",
            "  heliograph limits set crowd --operation connections --scope ip --max 50",
            "  heliograph limits remove publishes"
        })
public final class LimitsCommand extends OperatorCommand implements Callable<Integer> {

    private final Shell shell;

    public LimitsCommand(Shell shell) {
        super(shell);
        this.shell = shell;
    }

    /// The commands below this one.
    public List<Object> subcommands() {
        return List.of(new Set(shell), new Remove(shell));
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = send(AdminClient.get("/v1/limits"));
        if (shownAsJson(answer)) {
            return 0;
        }
        Table table = new Table(
                "NAME", "OPERATION", "PER", "LIMIT", "ONLY", "MODE", "ADMITTED", "REJECTED", "WOULD REJECT", "FULLEST");
        for (JsonNode each : answer.path("limits")) {
            JsonNode rule = each.path("rule");
            table.row(
                    each.path("name").asText(),
                    rule.path("operation").asText(),
                    rule.path("scope").asText(),
                    limit(rule),
                    only(rule),
                    rule.path("mode").asText() + (each.path("configured").asBoolean() ? ", configured" : ""),
                    each.path("admitted").asLong(),
                    each.path("rejected").asLong(),
                    each.path("would_reject").asLong(),
                    fullest(each.path("fullest").path(0)));
        }
        table.print(out(), "there are no limits");
        return 0;
    }

    private static String limit(JsonNode rule) {
        long max = rule.path("max").asLong();
        return max > 0
                ? "max " + max
                : String.format(
                        Locale.ROOT,
                        "%.4g/s, burst %.4g",
                        rule.path("rate").asDouble(),
                        rule.path("burst").asDouble());
    }

    private static String only(JsonNode rule) {
        StringBuilder only = new StringBuilder();
        for (String name : List.of("user", "cidr", "namespace", "channel")) {
            if (rule.has(name)) {
                only.append(name).append('=').append(rule.path(name).asText()).append(' ');
            }
        }
        return Words.orDash(only.toString().strip());
    }

    private static String fullest(JsonNode use) {
        return use.isMissingNode()
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.0f %% %s",
                        use.path("used").asDouble() * 100,
                        use.path("key").asText());
    }

    @Command(
            name = "set",
            description = "Put down a limit, instead of the one of that name. --dry-run shows who would be hit now.",
            footer = {
                "",
                "Examples:",
                "  heliograph limits set publishes --operation publish --scope user --rate 20 --burst 40",
                "  heliograph limits set noisy --operation bytes_in --scope ip --cidr 203.0.113.0/24 --rate 65536 --for 1h"
            })
    static final class Set extends OperatorCommand implements Callable<Integer> {

        @Mixin
        private final Change change = new Change();

        @Mixin
        private final Expiry expiry = new Expiry();

        @Parameters(index = "0", paramLabel = "NAME", description = "Lower case letters, digits, '-' and '_'.")
        private String name = "";

        @Option(
                names = "--operation",
                required = true,
                paramLabel = "WHAT",
                description = "handshake, connections, connect, publish, subscribe, rpc or bytes_in.")
        private String operation = "";

        @Option(
                names = "--scope",
                required = true,
                paramLabel = "SCOPE",
                description = "What has a limit of its own: connection, user, ip, namespace or node.")
        private String scope = "";

        @Option(names = "--rate", paramLabel = "RATE", description = "Operations, or bytes, a second.")
        private Optional<Double> rate = Optional.empty();

        @Option(names = "--burst", paramLabel = "COUNT", description = "At once. Default: those of one second.")
        private Optional<Double> burst = Optional.empty();

        @Option(names = "--max", paramLabel = "COUNT", description = "Connections, with --operation connections.")
        private Optional<Long> max = Optional.empty();

        @Option(names = "--user", paramLabel = "PATTERN", description = "Only these users.")
        private Optional<String> user = Optional.empty();

        @Option(names = "--cidr", paramLabel = "CIDR", description = "Only these addresses.")
        private Optional<String> cidr = Optional.empty();

        @Option(names = "--namespace", paramLabel = "NAME", description = "Only channels of this namespace.")
        private Optional<String> namespace = Optional.empty();

        @Option(names = "--channel", paramLabel = "PATTERN", description = "Only these channels.")
        private Optional<String> channel = Optional.empty();

        @Option(names = "--order", paramLabel = "NUMBER", description = "Lower ones are asked first. Default: 0.")
        private Optional<Integer> order = Optional.empty();

        @Option(names = "--try", description = "Count what it would refuse, and admit.")
        private boolean trial;

        Set(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            ObjectNode wish = AdminClient.JSON
                    .createObjectNode()
                    .put("operation", operation)
                    .put("scope", scope);
            rate.ifPresent(value -> wish.put("rate", value));
            burst.ifPresent(value -> wish.put("burst", value));
            max.ifPresent(value -> wish.put("max", value));
            user.ifPresent(value -> wish.put("user", value));
            cidr.ifPresent(value -> wish.put("cidr", value));
            namespace.ifPresent(value -> wish.put("namespace", value));
            channel.ifPresent(value -> wish.put("channel", value));
            order.ifPresent(value -> wish.put("order", value));
            wish.put("mode", trial ? "dry_run" : "enforce");
            expiry.on(wish);
            JsonNode answer = send(change.on(
                    AdminClient.put("/v1/limits/" + AdminClient.segment(name)).body(wish)));
            if (!shownAsJson(answer)) {
                printPreview(answer);
            }
            return 0;
        }
    }

    @Command(
            name = "remove",
            description = "Delete a limit.",
            footer = {"", "Example:", "  heliograph limits remove publishes"})
    static final class Remove extends OperatorCommand implements Callable<Integer> {

        @Mixin
        private final Change change = new Change();

        @Parameters(index = "0", paramLabel = "NAME", description = "Which one.")
        private String name = "";

        Remove(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            JsonNode answer = send(change.on(AdminClient.delete("/v1/limits/" + AdminClient.segment(name))));
            if (shownAsJson(answer)) {
                return 0;
            }
            if (!answer.has("before")) {
                throw new dev.heliograph.cli.Failure("there is no limit '" + name + "'");
            }
            out().println(change.dryRun() ? "dry run: it would be removed" : "removed on all nodes");
            return 0;
        }
    }
}
