package dev.heliograph.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The whole configuration of a relay: read once at start, validated, immutable. What each key means is in
/// the generated reference, CONFIGURATION.md. Its text shows no secrets.
///
/// @param redis           used only with that broker
/// @param shutdownTimeout how long a shutdown may take
/// @param shutdownPace    clients a second that it asks to reconnect; 0 for all at once
/// @param demo            whether the demo page is served
/// @param written         what it was read from
public record RelayConfig(
        NodeConfig node,
        HttpServerConfig httpServer,
        WebSocketConfig websocket,
        ClientConfig client,
        HttpApiConfig httpApi,
        AdminConfig admin,
        ChannelConfig channel,
        BrokerType broker,
        EmbeddedBrokerConfig embeddedBroker,
        RedisConfig redis,
        ControlConfig control,
        int eventLoops,
        Duration shutdownTimeout,
        int shutdownPace,
        MetricsConfig metrics,
        String logLevel,
        String logFormat,
        boolean demo,
        KeyValues written) {

    /// Section `node`.
    ///
    /// @param name    that of the host if none is set
    /// @param address told to others; empty for that of the server
    /// @param colour  of the deployment; empty without one
    public record NodeConfig(String name, String address, String colour) {
        private static NodeConfig from(Values v) {
            String name = v.string("node.name");
            return new NodeConfig(
                    name.isEmpty() ? hostName() : name, v.string("node.address"), v.string("node.colour"));
        }

        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException _) {
                return "localhost";
            }
        }
    }

    /// Section `websocket`.
    ///
    /// @param messageSizeLimit bytes of an incoming message
    /// @param writeTimeout     how long a client may take nothing; zero for any time
    public record WebSocketConfig(String handlerPrefix, int messageSizeLimit, Duration writeTimeout) {
        private static WebSocketConfig from(Values v) {
            return new WebSocketConfig(
                    v.string("websocket.handler_prefix"),
                    (int) v.size("websocket.message_size_limit"),
                    v.duration("websocket.write_timeout"));
        }
    }

    /// Where streams and presence live.
    public enum BrokerType {
        EMBEDDED,
        REDIS
    }

    /// Section `broker.embedded`: its bounds in memory.
    public record EmbeddedBrokerConfig(long maxHistoryBytes, int maxChannels, int maxIdempotencyKeys) {
        private static EmbeddedBrokerConfig from(Values v) {
            return new EmbeddedBrokerConfig(
                    v.size("broker.embedded.max_history_size"),
                    v.integer("broker.embedded.max_channels"),
                    v.integer("broker.embedded.max_idempotency_keys"));
        }
    }

    /// What a relay does without a file.
    public static RelayConfig defaults() {
        return parse("");
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

    /// The reference of all keys, in Markdown.
    public static String reference() {
        return Reference.markdown();
    }

    static RelayConfig from(Values v, Function<Duration, Map<String, ChannelOptions>> namespaces, KeyValues written) {
        RelayConfig config = new RelayConfig(
                NodeConfig.from(v),
                HttpServerConfig.from(v),
                WebSocketConfig.from(v),
                ClientConfig.from(v),
                HttpApiConfig.from(v),
                AdminConfig.from(v),
                ChannelConfig.from(v, namespaces),
                v.string("broker.type").equals("redis") ? BrokerType.REDIS : BrokerType.EMBEDDED,
                EmbeddedBrokerConfig.from(v),
                RedisConfig.from(v),
                ControlConfig.from(v),
                v.integer("engine.event_loops"),
                v.duration("shutdown.timeout"),
                v.integer("shutdown.pace"),
                MetricsConfig.from(v),
                v.string("log.level"),
                v.string("log.format"),
                v.bool("demo.enabled"),
                written);
        if (config.httpApi.handlerPrefix().equals(config.websocket.handlerPrefix())) {
            v.problem("http_api.handler_prefix", "is that of websocket.handler_prefix");
        }
        return config;
    }
}
