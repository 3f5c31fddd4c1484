package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.websocket.RawWebSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// One relay without a Redis.
class RoundTripTest {

    @Test
    void aPingAndItsPongAreTimedAndAreNoActivity() {
        try (Relay relay = Relay.start(RelayConfig.parse("""
                        http_server: {address: 127.0.0.1, port: 0}
                        client: {insecure: true, ping_interval: 6s, pong_timeout: 5s}
                        """));
                RawWebSocket client = RawWebSocket.to(relay.port())
                        .path("/connection/websocket")
                        .connect()) {
            assertThat(relay.connections().measuring()).isFalse();
            client.sendText("{\"id\":1,\"connect\":{}}");
            assertThat(client.readText()).contains("\"connect\"");
            Row before = relay.connections().list("", 10, "").rows().getFirst();
            assertThat(before.rttMs()).isNegative();
            assertThat(client.read(Duration.ofSeconds(30)).text()).isEqualTo("{}");
            client.sendText("{}");
            Row after = await().atMost(Duration.ofSeconds(30))
                    .until(() -> relay.connections().list("", 10, "").rows().getFirst(), row -> row.rttMs() >= 0);
            assertThat(after.rttMs()).isLessThan(5_000);
            // The first ping comes no earlier than half of the interval after connect.
            assertThat(after.idleMs()).isGreaterThan(2_500);
            assertThat(after.messagesOut()).isEqualTo(2);
            assertThat(after.messagesIn()).isEqualTo(2);
        }
    }
}
