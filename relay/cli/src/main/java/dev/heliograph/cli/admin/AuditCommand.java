package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Conversions;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "Show what operators did, newest first.",
        footer = {
            "",
            "Examples:",
            "  heliograph audit --since 1h",
            "  heliograph audit --operator ann --action ip_rule.put --output json"
        })
public final class AuditCommand extends OperatorCommand implements Callable<Integer> {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Conversions.Time.class,
            description = "Not longer ago than this, as 90s or 1h30m.")
    private Optional<Duration> since = Optional.empty();

    @Option(names = "--operator", paramLabel = "NAME", description = "Who did it.")
    private String operator = "";

    @Option(names = "--action", paramLabel = "ACTION", description = "What was done.")
    private String action = "";

    @Option(names = "--text", paramLabel = "TEXT", description = "What occurs in the target or the reason.")
    private String text = "";

    @Option(names = "--limit", paramLabel = "COUNT", description = "Lines, 1 to 1000. Default: 50.")
    private int limit = 50;

    public AuditCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = send(AdminClient.get("/v1/audit")
                .with("since", since.map(ago -> System.currentTimeMillis() - ago.toMillis()))
                .with("operator", operator)
                .with("action", action)
                .with("text", text)
                .with("limit", limit));
        if (shownAsJson(answer)) {
            return 0;
        }
        Table table = new Table("TIME", "OPERATOR", "FROM", "ACTION", "TARGET", "OUTCOME", "REASON");
        for (JsonNode line : answer.path("entries")) {
            table.row(
                    Words.time(line.path("at").asLong()),
                    line.path("operator").asText(),
                    line.path("from").asText(),
                    line.path("action").asText(),
                    line.path("target").asText(),
                    line.path("outcome").asText(),
                    line.path("reason").asText());
        }
        table.print(out(), "nothing is on record");
        if (answer.path("more").asBoolean()) {
            out().println("... and more; --limit or --since shows them");
        }
        return 0;
    }
}
