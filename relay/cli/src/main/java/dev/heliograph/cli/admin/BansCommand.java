package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "bans",
        description = "Show and change who may not come in: addresses, users, tokens.",
        footer = {
            "",
            "Examples:",
            "  heliograph bans",
            "  heliograph bans add --ip 203.0.113.0/24 --for 1h --reason 'handshake flood' --dry-run",
            "  heliograph bans add --user 42",
            "  heliograph bans add --jti 4711",
            "  heliograph bans remove --ip 203.0.113.0/24",
            "  heliograph bans export > bans.txt",
            "  heliograph bans import bans.txt"
        })
public final class BansCommand extends OperatorCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(names = "--text", paramLabel = "TEXT", description = "Those in which this occurs.")
    private String text = "";

    @Option(names = "--limit", paramLabel = "COUNT", description = "Of each kind, 1 to 1000. Default: 100.")
    private int limit = 100;

    public BansCommand(Shell shell) {
        super(shell);
        this.shell = shell;
    }

    /// The commands below this one.
    public List<Object> subcommands() {
        return List.of(new Add(shell), new Remove(shell), new Import(shell), new Export(shell), new Check(shell));
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode ips = page("/v1/ip-rules");
        JsonNode users = page("/v1/user-bans");
        JsonNode tokens = page("/v1/revocations");
        ObjectNode all = AdminClient.JSON.createObjectNode();
        all.set("ip_rules", ips);
        all.set("user_bans", users);
        all.set("revocations", tokens);
        if (shownAsJson(all)) {
            return 0;
        }
        Table table = new Table("WHAT", "KIND", "UNTIL", "HITS", "LAST HIT", "BY", "REASON");
        ips.path("rules")
                .forEach(each -> row(table, each.path("cidr"), each.path("kind").asText(), each));
        users.path("bans").forEach(each -> row(table, each.path("user"), "user ban", each));
        tokens.path("revocations").forEach(each -> row(table, each.path("id"), "revoked", each));
        table.print(out(), "nobody is kept out");
        if (ips.path("more").asBoolean()
                || users.path("more").asBoolean()
                || tokens.path("more").asBoolean()) {
            out().println("... and more; --limit or --text shows them");
        }
        return 0;
    }

    private JsonNode page(String path) throws InterruptedException {
        return send(AdminClient.get(path).with("text", text).with("limit", limit));
    }

    private static void row(Table table, JsonNode what, String kind, JsonNode each) {
        table.row(
                what.asText(),
                kind,
                each.has("expires_at") ? Words.time(each.path("expires_at").asLong()) : "for good",
                each.path("hits").asLong(),
                Words.time(each.path("last_hit").asLong()),
                each.path("author").asText(),
                Words.orDash(each.path("reason").asText()));
    }

    /// What is meant: exactly one of them.
    static final class Meant {
        @Option(names = "--ip", paramLabel = "CIDR", description = "An address or a network.")
        private Optional<String> ip = Optional.empty();

        @Option(names = "--user", paramLabel = "ID", description = "A user.")
        private Optional<String> user = Optional.empty();

        @Option(names = "--jti", paramLabel = "ID", description = "A token, by its claim jti.")
        private Optional<String> jti = Optional.empty();

        @Option(
                names = "--tokens-of",
                paramLabel = "ID",
                description = "All tokens of a user that were issued until now.")
        private Optional<String> tokensOf = Optional.empty();

        private void requireOne(OperatorCommand command) {
            long given = java.util.stream.Stream.of(ip, user, jti, tokensOf)
                    .filter(Optional::isPresent)
                    .count();
            if (given != 1) {
                throw new ParameterException(
                        command.spec().commandLine(), "one of --ip, --user, --jti and --tokens-of is needed");
            }
        }
    }

    @Command(
            name = "add",
            description = "Keep an address, a user or a token out, and disconnect who is connected.",
            footer = {
                "",
                "Examples:",
                "  heliograph bans add --ip 203.0.113.7 --for 30m --reason 'scraper'",
                "  heliograph bans add --ip 198.51.100.0/24 --kind allow",
                "  heliograph bans add --tokens-of 42 --reason 'password changed'"
            })
    static final class Add extends OperatorCommand implements Callable<Integer> {

        /// What a rule for an address does.
        enum Kind {
            ALLOW,
            DENY,
            BAN
        }

        @Mixin
        private final Meant meant = new Meant();

        @Mixin
        private final Change change = new Change();

        @Mixin
        private final Expiry expiry = new Expiry();

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = "With --ip: allow, deny (who is connected stays) or ban. Default: ban.")
        private Optional<Kind> kind = Optional.empty();

        @Option(names = "--force", description = "Even if it keeps out the address you come from.")
        private boolean force;

        Add(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            meant.requireOne(this);
            if (kind.isPresent() && meant.ip.isEmpty()) {
                throw new ParameterException(spec().commandLine(), "--kind is for --ip");
            }
            ObjectNode wish = AdminClient.JSON.createObjectNode();
            expiry.on(wish);
            String path;
            if (meant.ip.isPresent()) {
                path = "/v1/ip-rules";
                wish.put("cidr", meant.ip.get())
                        .put("kind", kind.orElse(Kind.BAN).name().toLowerCase(java.util.Locale.ROOT));
            } else if (meant.user.isPresent()) {
                path = "/v1/user-bans";
                wish.put("user", meant.user.get());
            } else {
                path = "/v1/revocations";
                meant.jti.ifPresent(id -> wish.put("jti", id));
                meant.tokensOf.ifPresent(user -> wish.put("user", user));
            }
            AdminClient.Call call = AdminClient.put(path).body(wish);
            JsonNode answer = send(change.on(call).flag("force", force && meant.ip.isPresent()));
            if (!shownAsJson(answer)) {
                printPreview(answer);
            }
            return 0;
        }
    }

    @Command(
            name = "remove",
            description = "Let an address, a user or a token in again.",
            footer = {"", "Example:", "  heliograph bans remove --ip 203.0.113.7"})
    static final class Remove extends OperatorCommand implements Callable<Integer> {

        @Mixin
        private final Meant meant = new Meant();

        @Mixin
        private final Change change = new Change();

        Remove(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            meant.requireOne(this);
            AdminClient.Call call = meant.ip
                    .map(cidr -> AdminClient.delete("/v1/ip-rules").with("cidr", cidr))
                    .or(() -> meant.user.map(
                            user -> AdminClient.delete("/v1/user-bans").with("user", user)))
                    .or(() -> meant.jti.map(
                            id -> AdminClient.delete("/v1/revocations").with("id", "jti:" + id)))
                    .orElseGet(() ->
                            AdminClient.delete("/v1/revocations").with("id", "user:" + meant.tokensOf.orElse("")));
            JsonNode answer = send(change.on(call));
            if (shownAsJson(answer)) {
                return 0;
            }
            boolean was = answer.has("before") || answer.path("existed").asBoolean();
            if (!was) {
                throw new Failure("there is no such ban");
            }
            out().println(change.dryRun() ? "dry run: it would be removed" : "removed on all nodes");
            return 0;
        }
    }

    @Command(
            name = "import",
            description = {
                "Put down many rules for addresses at once, or none of them: a line each,",
                "NETWORK [allow|deny|ban [EXPIRY|- [REASON]]], with comments behind #."
            },
            footer = {"", "Example:", "  heliograph bans import bans.txt --reason 'list of 12 May'"})
    static final class Import extends OperatorCommand implements Callable<Integer> {

        private final Shell shell;

        @Mixin
        private final Change change = new Change();

        @Mixin
        private final Expiry expiry = new Expiry();

        @Parameters(index = "0", paramLabel = "FILE", description = "The rules; - for stdin.")
        private String file = "";

        @Option(names = "--force", description = "Even if it keeps out the address you come from.")
        private boolean force;

        Import(Shell shell) {
            super(shell);
            this.shell = shell;
        }

        @Override
        public Integer call() throws InterruptedException {
            ObjectNode wish = AdminClient.JSON.createObjectNode().put("text", read());
            expiry.on(wish);
            JsonNode answer =
                    send(change.on(AdminClient.post("/v1/ip-rules/import").body(wish))
                            .flag("force", force));
            if (!shownAsJson(answer)) {
                out().println((change.dryRun() ? "dry run: it has %d rules" : "%d rules are in force on all nodes")
                        .formatted(answer.path("rules").asInt()));
            }
            return 0;
        }

        private String read() {
            try {
                return file.equals("-")
                        ? new String(shell.in().readAllBytes(), StandardCharsets.UTF_8)
                        : Files.readString(Path.of(file));
            } catch (IOException e) {
                throw new Failure(file + ": cannot be read: " + e.getMessage(), e);
            }
        }
    }

    @Command(
            name = "export",
            description = "Print all rules for addresses, as an import takes them.",
            footer = {"", "Example:", "  heliograph bans export > bans.txt"})
    static final class Export extends OperatorCommand implements Callable<Integer> {

        Export(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            JsonNode answer = send(AdminClient.get("/v1/ip-rules/export"));
            if (!shownAsJson(answer)) {
                out().print(answer.path("text").asText());
                out().flush();
            }
            return 0;
        }
    }

    @Command(
            name = "check",
            description = "Say whether an address may come in, and by which rule.",
            footer = {"", "Example:", "  heliograph bans check 203.0.113.7"})
    static final class Check extends OperatorCommand implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "IP", description = "The address.")
        private String ip = "";

        Check(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            JsonNode answer = send(AdminClient.get("/v1/ip-rules/check").with("ip", ip));
            if (shownAsJson(answer)) {
                return 0;
            }
            JsonNode rule = answer.path("rule");
            boolean in = rule.isMissingNode() || rule.path("kind").asText().equals("allow");
            out().println("%s %s%s"
                    .formatted(
                            Table.safe(ip),
                            in ? "may come in" : "may not come in",
                            rule.isMissingNode()
                                    ? ": no rule is for it"
                                    : ": %s %s (by %s: %s)"
                                            .formatted(
                                                    rule.path("kind").asText(),
                                                    rule.path("cidr").asText(),
                                                    Table.safe(
                                                            rule.path("author").asText()),
                                                    Table.safe(
                                                            rule.path("reason").asText()))));
            return 0;
        }
    }
}
