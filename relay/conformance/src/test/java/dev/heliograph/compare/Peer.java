package dev.heliograph.compare;

import dev.heliograph.loadtest.Dialect;
import dev.heliograph.loadtest.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// A kind of server with its settings. What a peer is not told is at its defaults.
enum Peer {
    /// This relay at its defaults.
    HELIOGRAPH(true),
    /// The reference server at its defaults.
    REFERENCE(true),
    /// The reference server with what its documentation advises for many connections: a pool of write buffers, and read
    /// and write buffers of 1 KiB.
    TUNED(true),
    NATS(false),
    WS(false);

    private final boolean full;

    Peer(boolean full) {
        this.full = full;
    }

    /// Those that speak the client protocol and have the HTTP API.
    static List<Peer> relays() {
        return List.of(HELIOGRAPH, REFERENCE, TUNED);
    }

    /// What a server is asked to be.
    ///
    /// @param secret of client tokens; empty to let anybody in
    /// @param redis  the address of the Redis that it shares; empty for none
    /// @param large  whether clients may publish more than 64 KiB
    record Task(String secret, String redis, boolean large) {

        static final Task ALONE = new Task("", "", false);

        static final Task LARGE = new Task("", "", true);

        static Task sharing(String redis) {
            return new Task("", redis, false);
        }

        static Task withTokens(String secret) {
            return new Task(secret, "", false);
        }
    }

    /// @param key as in figures
    static Peer of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /// As in figures.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isRelay() {
        return full;
    }

    Dialect dialect(IntFunction<String> tokens, boolean recoverable) {
        return switch (this) {
            case NATS -> Dialects.nats();
            case WS -> Dialects.plain();
            default -> Dialects.clientProtocol(tokens, recoverable);
        };
    }

    Dialect dialect() {
        return dialect(_ -> "", false);
    }

    String path() {
        return full ? "/connection/websocket" : "/";
    }

    /// Where it writes the port that it was given, and all that it is told.
    String config(int port, int otherPort, Task task) {
        return switch (this) {
            case HELIOGRAPH ->
                relay(port, task)
                        + (task.redis.isEmpty()
                                ? ""
                                : "broker: {type: redis, redis: {address: ['" + task.redis + "']}}\n");
            case REFERENCE -> reference(port, task);
            case TUNED ->
                reference(port, task)
                        + "websocket: {use_write_buffer_pool: true, read_buffer_size: 1024, write_buffer_size: 1024}\n";
            case NATS -> """
                    listen: "127.0.0.1:%d"
                    ping_interval: "10m"
                    websocket { listen: "127.0.0.1:%d", no_tls: true }
                    """.formatted(otherPort, port);
            case WS -> "";
        };
    }

    private static String relay(int port, Task task) {
        String large = task.large ? "websocket: {message_size_limit: 131072}\n" : "";
        return large
                + """
                http_server: {address: 127.0.0.1, port: %d}
                client: {%s}
                http_api: {insecure: true}
                channel: {namespaces: [{name: log, history_size: 100, history_ttl: 10m, force_recovery: true, %s}]}
                """.formatted(
                        port,
                        task.secret.isEmpty() ? "insecure: true" : "token: {hmac_secret_key: " + task.secret + "}",
                        "allow_subscribe_for_client: true");
    }

    private static String reference(int port, Task task) {
        return relay(port, task)
                + "usage_stats: {disabled: true}\n"
                + (task.redis.isEmpty() ? "" : "engine: {type: redis, redis: {address: ['" + task.redis + "']}}\n");
    }

    /// The command that starts it; commands of peers come from system properties, which `bin/compare` sets.
    List<String> command(String config, int port) {
        List<String> command = new ArrayList<>(List.of(
                required("compare." + (this == TUNED ? "reference" : key())).split(" ")));
        command.addAll(
                switch (this) {
                    case HELIOGRAPH -> List.of("relay", "--config", config);
                    case REFERENCE, TUNED -> List.of("--config", config);
                    case NATS -> List.of("-c", config);
                    case WS -> List.of(Integer.toString(port));
                });
        return command;
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("no system property " + property + ": run bin/compare");
        }
        return value;
    }
}
