package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Conversions;
import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import dev.heliograph.cli.Termination;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Option;

/// What commands that watch have in common: they show one thing a line on stdout, with `--output json` as an
/// object, and what is to be said about it on stderr, until their time is over or somebody ends them.
abstract class StreamCommand extends OperatorCommand implements Callable<Integer> {

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Conversions.Time.class,
            description = "After which it ends by itself, as 90s or 10m. Default: 60s.")
    private Duration time = Duration.ofSeconds(60);

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit record.")
    private String reason = "";

    private final CompletableFuture<Void> end = new CompletableFuture<>();

    StreamCommand(Shell shell) {
        super(shell);
    }

    /// What is asked for.
    abstract AdminClient.Call request();

    /// What it is, in words.
    abstract String what();

    /// Shows a message, if it is one of those.
    abstract void show(JsonNode message);

    @Override
    public final Integer call() throws InterruptedException {
        try (Termination _ = new Termination(() -> end.complete(null))) {
            watch(request().with("duration_ms", time.toMillis()).with("reason", reason), this::take, end);
        }
        return 0;
    }

    private void take(JsonNode message) {
        switch (message.path("type").asText()) {
            case "hello" -> tell(what() + " for " + Words.duration(time.toMillis()) + "; Ctrl-C ends it");
            case "problem" -> tell(message.path("message").asText());
            case "error" ->
                throw new Failure("refused: " + message.at("/error/message").asText());
            default -> show(message);
        }
        if (out().checkError()) {
            // Nobody reads it any more.
            end.complete(null);
        }
    }

    /// Shows one thing.
    final void print(JsonNode object, String line) {
        out().println(json() ? object.toString() : Table.safe(line));
    }

    /// Says something about it.
    final void tell(String text) {
        PrintWriter err = spec().commandLine().getErr();
        err.println(Table.safe(text));
        err.flush();
    }

    /// Says what was left out and who did not answer.
    final void tellGaps(long left, String what, JsonNode missing) {
        if (left > 0) {
            tell(left + " " + what + " left out");
        }
        for (JsonNode each : missing) {
            tell("not all nodes have answered: " + each.asText());
        }
    }
}
