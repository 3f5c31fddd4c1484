package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "nodes",
        description = "Show the nodes of the cluster and what they carry.",
        footer = {"", "Example:", "  heliograph nodes --url http://127.0.0.1:8010"})
public final class NodesCommand extends OperatorCommand implements Callable<Integer> {

    public NodesCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = send(AdminClient.get("/v1/nodes"));
        if (shownAsJson(answer)) {
            return 0;
        }
        Table table = new Table(
                "NAME",
                "ADDRESS",
                "COLOUR",
                "VERSION",
                "UP",
                "CLIENTS",
                "USERS",
                "CHANNELS",
                "SUBS",
                "CPU %",
                "RSS",
                "P99 MS",
                "ERRORS",
                "REJECTED");
        long now = System.currentTimeMillis();
        for (JsonNode node : answer.path("nodes")) {
            table.row(
                    node.path("name").asText(),
                    node.path("address").asText(),
                    Words.orDash(node.path("colour").asText()),
                    node.path("version").asText(),
                    Words.duration(now - node.path("started").asLong()),
                    node.path("clients").asLong(),
                    node.path("users").asLong(),
                    node.path("channels").asLong(),
                    node.path("subscriptions").asLong(),
                    String.format(Locale.ROOT, "%.0f", node.path("cpu").asDouble()),
                    Words.bytes(node.path("rss").asLong()),
                    figure(node, "delay_p99_ms", "%.1f"),
                    figure(node, "errors", "%.0f"),
                    figure(node, "rejected", "%.0f"));
        }
        table.print(out(), "there are no nodes");
        return 0;
    }

    /// A node of an older version does not tell its traffic, and one that delivered nothing no delays.
    private static String figure(JsonNode node, String name, String format) {
        JsonNode value = node.path("traffic").path(name);
        return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : "-";
    }
}
