package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.Relay;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.websocket.RawWebSocket;
import dev.heliograph.testkit.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Relays of one process that share a Redis, and raw clients of them.
final class Nodes implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(30);
    private static final String SECRET = "a-secret-of-the-test-that-nobody-else-has";
    private static final TokenIssuer ISSUER = TokenIssuer.hs256(SECRET, Clock.systemUTC());

    private final RedisServer redis = RedisServer.start();
    private final List<Relay> relays = new ArrayList<>();
    private final List<RawWebSocket> clients = new ArrayList<>();

    /// Starts some and waits until they know each other.
    Nodes(int count) {
        for (int i = 0; i < count; i++) {
            relays.add(Relay.start(config("node-" + i)));
        }
        for (Relay relay : relays) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(relay.connections()
                                    .group("", "node", Group.Measure.CONNECTIONS, 10)
                                    .missing())
                            .isEmpty());
            await().atMost(LONG).until(() -> relay.connections().nodes() == count);
        }
    }

    RelayConfig config(String name) {
        return RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                node: {name: %s, colour: green}
                client: {insecure: true, token: {hmac_secret_key: %s}}
                broker: {type: redis, redis: {address: ["%s"]}}
                channel:
                  namespaces:
                    - {name: log, history_size: 100, history_ttl: 10m}
                    - {name: room, presence: true}
                    - {name: list}
                """.formatted(name, SECRET, redis.address()));
    }

    Connections at(int node) {
        return relays.get(node).connections();
    }

    /// A client that is connected and subscribed.
    RawWebSocket client(int node, String user, String version, String... channels) {
        RawWebSocket client = RawWebSocket.to(relays.get(node).port())
                .path("/connection/websocket")
                .connect();
        clients.add(client);
        String token = ISSUER.connection(user).expiresIn(Duration.ofHours(1)).sign();
        client.sendText("{\"id\":1,\"connect\":{\"token\":\"%s\",\"name\":\"js\",\"version\":\"%s\"}}"
                .formatted(token, version));
        assertThat(client.readText()).contains("\"connect\"");
        for (String channel : channels) {
            client.sendText("{\"id\":2,\"subscribe\":{\"channel\":\"%s\"}}".formatted(channel));
            assertThat(client.readText()).contains("\"subscribe\"");
        }
        return client;
    }

    /// The id of the one connection of a user.
    String idOf(String user) {
        List<Row> rows = at(0).list("user = " + user, 10, "").rows();
        assertThat(rows).hasSize(1);
        return rows.getFirst().client();
    }

    @Override
    public void close() {
        clients.forEach(RawWebSocket::close);
        relays.forEach(Relay::close);
        redis.close();
    }
}
