package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.bench.AdminClient;
import dev.heliograph.testkit.JsonClient;
import dev.heliograph.testkit.RelayCluster;
import dev.heliograph.testkit.RelayProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What tests of the console run against.
class RelayClusterTest {

    @Test
    void clientsOfTwoRelaysTalkAndComeFromTheirOwnAddresses() throws Exception {
        try (RelayCluster cluster = RelayCluster.start(2);
                JsonClient ann = cluster.connect(0, "ann");
                JsonClient other = JsonClient.to(cluster.relay(1).port())
                        .from("127.66.6.1")
                        .name("app", "2.1")
                        .header("User-Agent", "tests")
                        .connect();
                JsonClient far = JsonClient.to(cluster.relay(1).port())
                        .header("X-Forwarded-For", "203.0.113.7")
                        .connect()) {
            ann.subscribe("chat:lobby");
            other.subscribe("chat:lobby");
            ann.publish("chat:lobby", "{\"text\":\"hello\"}");
            assertThat(other.publication(Duration.ofSeconds(60))
                            .orElseThrow()
                            .at("/pub/data/text")
                            .asText())
                    .isEqualTo("hello");
            assertThatThrownBy(() -> ann.subscribe("nowhere:x"))
                    .isInstanceOfSatisfying(
                            JsonClient.ErrorReply.class,
                            e -> assertThat(e.code()).isEqualTo(102));

            AdminClient admin = new AdminClient(cluster.relay(0).adminPort(), RelayCluster.VIEWER);
            JsonNode rows = admin.get("/v1/connections?q=order+by+ip").path("connections");
            assertThat(rows)
                    .extracting(row -> row.path("ip").asText())
                    .containsExactlyInAnyOrder("127.0.0.1", "127.66.6.1", "203.0.113.7");

            cluster.relay(1).kill();
            assertThat(far.awaitClosed().code()).isEqualTo(1006);
            RelayProcess back = cluster.relay(1);
            int port = back.port();
            back.restart();
            assertThat(back.port()).isEqualTo(port);
            JsonClient.to(port).connect().close();
            new AdminClient(back.adminPort(), RelayCluster.ADMIN).get("/v1/nodes");
        }
    }
}
