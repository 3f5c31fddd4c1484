package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Shell;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tail",
        description = {
            "Show some of what is published in a channel, masked, wherever it is published.",
            "That somebody looks is on record."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph tail chat:1",
            "  heliograph tail chat:1 --for 5m --rate 1",
            "  heliograph tail chat:1 --masking sizes --output json"
        })
public final class TailCommand extends StreamCommand {

    /// How much of a payload is shown.
    enum Masking {
        SIZES,
        VALUES,
        CLEAR
    }

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel.")
    private String channel = "";

    @Option(
            names = "--rate",
            paramLabel = "COUNT",
            description = "Publications shown in any second, 1 to 20; the others are counted. Default: 10.")
    private int rate = 10;

    @Option(
            names = "--masking",
            paramLabel = "HOW",
            description = "One of ${COMPLETION-CANDIDATES}; clear needs the role admin. Default: values.")
    private Masking masking = Masking.VALUES;

    /// Of those that were not shown, how many were told.
    private long told;

    public TailCommand(Shell shell) {
        super(shell);
    }

    @Override
    AdminClient.Call request() {
        return AdminClient.get("/v1/stream")
                .with("topics", "tail")
                .with("channel", channel)
                .with("per_second", rate)
                .with("masking", masking.name().toLowerCase(Locale.ROOT));
    }

    @Override
    String what() {
        return "what is published in " + channel;
    }

    @Override
    void show(JsonNode message) {
        switch (message.path("type").asText()) {
            case "tail" -> {
                long skipped = message.path("skipped").asLong();
                tellGaps(skipped - told, "publications are", message.path("missing"));
                told = skipped;
                print(message, line(message));
            }
            case "tail_end" ->
                tell("its time is over: %d publications, %d left out"
                        .formatted(
                                message.path("seen").asLong(),
                                message.path("skipped").asLong()));
            default -> {}
        }
    }

    private static String line(JsonNode message) {
        String user = message.path("user").asText();
        return "%s%s %s%s"
                .formatted(
                        Words.moment(message.path("at").asLong()),
                        Optional.of(message.path("offset"))
                                .filter(JsonNode::isNumber)
                                .map(offset -> " " + offset.asLong())
                                .orElse(""),
                        message.path("data"),
                        user.isEmpty() ? "" : " user=" + user);
    }
}
