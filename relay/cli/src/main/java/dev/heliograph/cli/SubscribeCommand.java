package dev.heliograph.cli;

import dev.heliograph.client.HeliographClient;
import dev.heliograph.client.SubscriptionOptions;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.config.RelayConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "subscribe",
        description = {
            "Subscribe to a channel and print the data of each publication, a line each, until SIGTERM or SIGINT.",
            "Comes back by itself after a lost connection. What happens to the connection is told on stderr, and at "
                    + "the end the position to go on from with --since."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph subscribe chat:1",
            "  heliograph subscribe --url wss://relay.example --token \"$TOKEN\" chat:1",
            "  heliograph subscribe --since 12:aBcD --count 3 --json chat:1"
        })
final class SubscribeCommand implements Callable<Integer> {

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CHANNEL", description = "The channel.")
    private String channel = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The relay's WebSocket. Default: that of the configuration, else"
                    + " ws://127.0.0.1:8000/connection/websocket.")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The relay's configuration: its address.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--token", paramLabel = "TOKEN", description = "A connection token; without one anonymous.")
    private Optional<String> token = Optional.empty();

    @Option(names = "--channel-token", paramLabel = "TOKEN", description = "A subscription token for the channel.")
    private Optional<String> channelToken = Optional.empty();

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "End after so many publications.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--since",
            paramLabel = "OFFSET:EPOCH",
            converter = Conversions.Position.class,
            description = "Begin with what was published after this position.")
    private Optional<StreamPosition> since = Optional.empty();

    @Option(names = "--json", description = "Print a JSON object with position, publisher and tags for each.")
    private boolean json;

    SubscribeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--count: " + count + " is not at least 1");
        }
        URI endpoint = endpoint();
        CompletableFuture<Void> end = new CompletableFuture<>();
        SubscriptionOutput output = new SubscriptionOutput(
                spec.commandLine().getOut(), spec.commandLine().getErr(), endpoint, json, count, end);
        HeliographClient.Builder builder =
                HeliographClient.builder(endpoint).name("heliograph-cli").listener(output.connection());
        token.ifPresent(text -> builder.token(() -> text));
        try (Termination _ = new Termination(() -> end.complete(null));
                HeliographClient client = builder.build()) {
            // Both futures fail with what the listeners hear, too.
            var _ = client.subscription(channel, options(output)).subscribe();
            var _ = client.connect();
            await(end);
            output.last();
        }
        return 0;
    }

    private URI endpoint() {
        Optional<RelayConfig> config = file.map(path -> ConfigFile.read(Optional.of(path), shell));
        try {
            return url.map(Endpoints::websocket)
                    .or(() -> config.map(Endpoints::websocket))
                    .orElse(Endpoints.LOCAL_WEBSOCKET);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--url: " + e.getMessage());
        }
    }

    private SubscriptionOptions options(SubscriptionOutput output) {
        // Recovery is asked for: the relay grants it where the channel allows it.
        SubscriptionOptions options =
                SubscriptionOptions.DEFAULT.withRecoverable().withListener(output.subscription());
        if (channelToken.isPresent()) {
            String text = channelToken.get();
            options = options.withToken(() -> text);
        }
        return since.isPresent() ? options.withSince(since.get()) : options;
    }

    private static void await(CompletableFuture<Void> end) throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure ? failure : new Failure(Causes.reason(e), e);
        }
    }
}
