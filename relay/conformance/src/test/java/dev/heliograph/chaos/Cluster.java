package dev.heliograph.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.testkit.FaultProxy;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Relays that share a Redis.
final class Cluster implements AutoCloseable {

    /// Of channels that keep everything.
    static final String WHOLE = "whole";

    /// Of channels that keep so little that who is away for long must be told so.
    static final String SHORT = "short";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0}
            http_api: {key: %s}
            client: {insecure: true, queue_max_size: 64MiB, recovery_max_publication_limit: 100000}
            broker: {type: redis, redis: {timeout: 1s, %s}}
            channel:
              namespaces:
                - {name: whole, history_size: 100000, history_ttl: 1h, force_recovery: true}
                - {name: short, history_size: 100, history_ttl: 1h, force_recovery: true}
            """;

    private final List<RelayNode> relays = new ArrayList<>();

    /// @param brokers for each relay, what stands under `broker.redis` in its configuration
    private Cluster(List<String> brokers) {
        try {
            for (String broker : brokers) {
                relays.add(RelayNode.start(CONFIG.formatted(RelayProcess.API_KEY, broker)));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /// A relay for each proxy, behind which all of them find the same Redis.
    static Cluster behind(List<FaultProxy> proxies) {
        return new Cluster(proxies.stream()
                .map(proxy -> "address: [\"%s\"]".formatted(proxy.address()))
                .toList());
    }

    /// @param broker what stands under `broker.redis` in the configuration of each relay
    static Cluster of(int relays, String broker) {
        List<String> brokers = new ArrayList<>();
        for (int i = 0; i < relays; i++) {
            brokers.add(broker);
        }
        return new Cluster(brokers);
    }

    List<RelayNode> relays() {
        return List.copyOf(relays);
    }

    /// How many messages the stream of a channel has had, as its first relay tells.
    long top(String channel) {
        String answer =
                relays.getFirst().process().api("history", "{\"channel\": \"%s\", \"limit\": 0}".formatted(channel));
        try {
            JsonNode result = JSON.readTree(answer).get("result");
            return result.get("offset").longValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        relays.forEach(RelayNode::close);
    }
}
