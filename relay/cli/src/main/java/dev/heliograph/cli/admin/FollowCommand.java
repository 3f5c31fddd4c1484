package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Shell;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "follow",
        description = {
            "Follow a user, a channel, an address or a connection on all nodes: what they do and what happens to them.",
            "Of payloads only size and shape are seen. That somebody follows is on record."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph follow user 42",
            "  heliograph follow channel chat:1 --for 5m --sampling 100",
            "  heliograph follow ip 203.0.113.9 --reason 'ticket 1234' --output json"
        })
public final class FollowCommand extends StreamCommand {

    /// By what connections are chosen.
    enum Target {
        USER,
        CHANNEL,
        IP,
        CLIENT
    }

    @Parameters(index = "0", paramLabel = "WHAT", description = "One of ${COMPLETION-CANDIDATES}.")
    private Target target = Target.USER;

    @Parameters(index = "1", paramLabel = "VALUE", description = "The id, name or address.")
    private String value = "";

    @Option(
            names = "--sampling",
            paramLabel = "N",
            description = "Show one in N of the writes to subscribers; everything else always. Default: 1.")
    private int sampling = 1;

    public FollowCommand(Shell shell) {
        super(shell);
    }

    private String kind() {
        return target.name().toLowerCase(Locale.ROOT);
    }

    @Override
    AdminClient.Call request() {
        return AdminClient.get("/v1/stream")
                .with("topics", "follow")
                .with("follow", kind() + ":" + value)
                .with("sampling", sampling);
    }

    @Override
    String what() {
        return "following " + kind() + " " + value;
    }

    @Override
    void show(JsonNode message) {
        switch (message.path("type").asText()) {
            case "follow" -> {
                message.path("events").forEach(event -> print(event, line(event)));
                tellGaps(message.path("dropped").asLong(), "events are", message.path("missing"));
            }
            case "follow_end" ->
                tell("its time is over: %d events, %d left out"
                        .formatted(
                                message.path("shown").asLong(),
                                message.path("dropped").asLong()));
            default -> {}
        }
    }

    private static String line(JsonNode event) {
        StringBuilder line = new StringBuilder("%s %s %s"
                .formatted(
                        Words.moment(event.path("at").asLong()),
                        event.path("node").asText(),
                        event.path("kind").asText()));
        word(line, "", event.path("detail").asText());
        word(line, "channel=", event.path("channel").asText());
        if (event.path("bytes").asLong() > 0) {
            word(line, "", event.path("bytes").asLong() + "B");
        }
        word(line, "", event.path("preview").asText());
        word(line, "user=", event.path("user").asText());
        word(line, "ip=", event.path("ip").asText());
        word(line, "client=", event.path("client").asText());
        return line.toString();
    }

    private static void word(StringBuilder line, String name, String text) {
        if (!text.isEmpty()) {
            line.append(' ').append(name).append(text);
        }
    }
}
