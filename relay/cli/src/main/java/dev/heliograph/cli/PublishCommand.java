package dev.heliograph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.heliograph.protocol.JsonText;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "publish",
        description = {
            "Publish to a channel over the HTTP API of a relay.",
            "Prints the position of the publication, OFFSET:EPOCH, if the channel keeps a history.",
            "The API key is that of --key, else of the configuration file, else of the variable "
                    + PublishCommand.KEY_VARIABLE + "."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph publish --key K chat:1 '{\"text\":\"hello\"}'",
            "  date | heliograph publish --config relay.yaml --as text chat:1"
        })
final class PublishCommand implements Callable<Integer> {

    static final String KEY_VARIABLE = "HELIOGRAPH_HTTP_API_KEY";

    /// What data is.
    enum Format {
        JSON,
        TEXT,
        BINARY
    }

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel.")
    private String channel = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "DATA", description = "The data; without it, all of stdin.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The relay's API. Default: that of the configuration, else http://127.0.0.1:8000/api.")
    private Optional<URI> url = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY", description = "The API key.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The relay's configuration: its address and API key.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--as",
            paramLabel = "FORMAT",
            description = "What the data is: json (the default), text (sent as a JSON string), or binary.")
    private Format format = Format.JSON;

    @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "A tag of the publication. Can be repeated.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Publish only once, however often this is called with the same key.")
    private Optional<String> idempotencyKey = Optional.empty();

    @Option(names = "--skip-history", description = "Keep it out of the channel's history.")
    private boolean skipHistory;

    PublishCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<RelayConfig> config = file.map(path -> ConfigFile.read(Optional.of(path), shell));
        JsonNode result = api(config).call("publish", params());
        String position = result.has("offset")
                ? Conversions.Position.write(new StreamPosition(
                        result.path("offset").asLong(), result.path("epoch").asText()))
                : "published; the channel keeps no history";
        spec.commandLine().getOut().println(position);
        return 0;
    }

    private ApiClient api(Optional<RelayConfig> config) {
        String given =
                key.or(() -> config.map(each -> each.httpApi().key())).orElseGet(() -> shell.variable(KEY_VARIABLE));
        try {
            URI at =
                    url.map(Endpoints::api).or(() -> config.map(Endpoints::api)).orElse(Endpoints.LOCAL_API);
            return new ApiClient(at, given);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--url: " + e.getMessage());
        }
    }

    private ObjectNode params() throws IOException {
        ObjectNode params = ApiClient.JSON.createObjectNode().put("channel", channel);
        byte[] bytes =
                data.isPresent() ? data.get().getBytes(UTF_8) : shell.in().readAllBytes();
        switch (format) {
            case JSON -> {
                if (!JsonText.isValid(bytes)) {
                    throw new ParameterException(
                            spec.commandLine(), "the data is not JSON; --as text or --as binary sends what is not");
                }
                params.putRawValue("data", new RawValue(new String(bytes, UTF_8)));
            }
            case TEXT -> params.put("data", new String(bytes, UTF_8));
            case BINARY -> params.put("b64data", Base64.getEncoder().encodeToString(bytes));
        }
        if (!tags.isEmpty()) {
            params.set("tags", ApiClient.JSON.valueToTree(tags));
        }
        idempotencyKey.ifPresent(once -> params.put("idempotency_key", once));
        if (skipHistory) {
            params.put("skip_history", true);
        }
        return params;
    }
}
