package dev.heliograph.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The whole configuration of a relay: read once at start, validated, immutable. What each key means is in the generated
/// reference, CONFIGURATION.md.
///
/// @param shutdownTimeout how long a shutdown may take
/// @param demo            whether the demo page is served
public record RelayConfig(
        NodeConfig node,
        HttpServerConfig httpServer,
        WebSocketConfig websocket,
        ClientConfig client,
        HttpApiConfig httpApi,
        ChannelConfig channel,
        EmbeddedBrokerConfig embeddedBroker,
        int eventLoops,
        Duration shutdownTimeout,
        String logLevel,
        boolean demo) {

    /// Section `node`.
    public record NodeConfig(String name) {}

    /// Section `websocket`.
    ///
    /// @param messageSizeLimit bytes of an incoming message
    public record WebSocketConfig(String handlerPrefix, int messageSizeLimit) {}

    /// Section `broker.embedded`: its bounds in memory.
    public record EmbeddedBrokerConfig(long maxHistoryBytes, int maxChannels, int maxIdempotencyKeys) {}

    /// What a relay does without a file.
    public static RelayConfig defaults() {
        return ConfigLoader.load(Optional.empty(), Map.of());
    }

    /// Reads a file's text.
    ///
    /// @throws ConfigException with all that is wrong
    public static RelayConfig parse(String yaml) {
        return ConfigLoader.parse(yaml);
    }

    /// Reads a file and the environment.
    ///
    /// @throws ConfigException with all that is wrong
    public static RelayConfig load(Optional<Path> file, Map<String, String> environment) {
        return ConfigLoader.load(file, environment);
    }
}
