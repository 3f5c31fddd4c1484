package dev.heliograph.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.bench.AdminClient;
import dev.heliograph.loadtest.LoadResult;
import dev.heliograph.testkit.RelayCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The account of a load test agrees with what was done to the relays.
class LoadTestTest {

    private static final int CLIENTS = 60;

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostWhenARelayIsKilledAndWhatBrokeOffIsCounted() throws Exception {
        try (RelayCluster cluster = RelayCluster.start(2);
                RunningLoad load = RunningLoad.start(cluster, folder, "chat:", CLIENTS, 0)) {
            load.mark("kill");
            cluster.relay(0).kill();
            load.await(
                    "all clients",
                    each -> each.path("whole").path("reconnects").asInt() == CLIENTS / 2
                            && each.path("connected").asInt() == CLIENTS);
            load.mark("after");
            load.awaitMore(CLIENTS);
            LoadResult result = load.end();

            assertThat(result.complete()).isTrue();
            assertThat(result.lost()).isZero();
            assertThat(result.clients()).isEqualTo(CLIENTS);
            assertThat(result.abrupt()).isEqualTo(CLIENTS / 2);
            assertThat(load.report().path("state").asText()).isEqualTo("done");
            JsonNode kill = load.interval("kill");
            assertThat(kill.path("abrupt").asInt()).isEqualTo(CLIENTS / 2);
            assertThat(kill.path("reconnects").asInt()).isEqualTo(CLIENTS / 2);
            assertThat(kill.path("recovered").asInt()).isEqualTo(CLIENTS / 2);
            assertThat(kill.path("all_back_ms").asLong()).isPositive();
            assertThat(load.interval("run").path("abrupt").asInt()).isZero();
            JsonNode after = load.interval("after");
            assertThat(after.path("abrupt").asInt()).isZero();
            assertThat(after.path("all_back_ms").asLong()).isZero();
            assertThat(after.path("acknowledged").asLong()).isGreaterThanOrEqualTo(CLIENTS);
            assertThat(load.interval("start").path("acknowledged").asLong()
                            + load.interval("run").path("acknowledged").asLong()
                            + kill.path("acknowledged").asLong()
                            + after.path("acknowledged").asLong())
                    .isEqualTo(result.acknowledged());
        }
    }

    @Test
    void whatTheRelayCannotSubscribeForNowIsAskedForAgainOnTheSameConnection() throws Exception {
        try (RelayCluster cluster = RelayCluster.start(2)) {
            cluster.redis().pause();
            try (RunningLoad load = RunningLoad.begin(cluster, folder, "chat:", CLIENTS, 0)) {
                load.await(
                        "a subscription is refused",
                        each -> each.path("whole").path("client_errors").has("subscribe error 100"));
                cluster.redis().resume();
                load.await("all clients", each -> each.path("connected").asInt() == CLIENTS);
                load.awaitMore(CLIENTS);
                LoadResult result = load.end();

                assertThat(result.complete()).isTrue();
                assertThat(result.lost()).isZero();
                assertThat(result.abrupt()).isZero();
                assertThat(load.report().path("whole").path("reconnects").asInt())
                        .isZero();
            }
        }
    }

    @Test
    void whatIsPublishedWhileAClientIsAwayIsLostWithoutAHistory() throws Exception {
        try (RelayCluster cluster = RelayCluster.start(2);
                RunningLoad load = RunningLoad.start(cluster, folder, "ticks:", CLIENTS, 0)) {
            load.mark("kill");
            cluster.relay(0).kill();
            load.await("loss", each -> each.path("missing").asLong() > 0);
            load.await("all clients", each -> each.path("connected").asInt() == CLIENTS);
            load.mark("after");
            load.awaitMore(CLIENTS);
            LoadResult result = load.end();

            assertThat(result.complete()).isFalse();
            assertThat(result.lost()).isPositive();
            assertThat(load.report().path("missing").asLong()).isEqualTo(result.lost());
            assertThat(load.interval("kill").path("lost").asLong()
                            + load.interval("run").path("lost").asLong())
                    .isEqualTo(result.lost());
            assertThat(load.interval("after").path("lost").asLong()).isZero();
        }
    }

    @Test
    void aDrainIsPacedAndCleanAndNothingIsLost() throws Exception {
        int pace = 10;
        try (RelayCluster cluster = RelayCluster.start(2);
                RunningLoad load = RunningLoad.start(cluster, folder, "chat:", 2 * CLIENTS, 5)) {
            load.mark("drain");
            new AdminClient(cluster.relay(1).adminPort(), RelayCluster.OPERATOR)
                    .post("/v1/drains/relay-1", "{\"per_second\": %d}".formatted(pace));
            load.await(
                    "all clients on the other relay",
                    each -> each.path("whole").path("reconnects").asInt() == CLIENTS
                            && each.path("connected").asInt() == 2 * CLIENTS);
            LoadResult result = load.end();

            assertThat(result.complete()).isTrue();
            assertThat(result.abrupt()).isZero();
            JsonNode drain = load.interval("drain");
            assertThat(drain.path("clients").path("closed_by_code").path("3001").asInt())
                    .isEqualTo(CLIENTS);
            // Who returns to the relay that drains is asked to wait, and goes to the other.
            assertThat(drain.path("clients").path("admission_rejects").asInt()).isEqualTo(CLIENTS);
            assertThat(drain.path("clients").path("failed_handshakes").asInt()).isEqualTo(CLIENTS);
            assertThat(drain.path("churn").path("served").asInt()).isPositive();
            // All at once, as without a pace, they would be twice as many.
            assertThat(result.peakReconnects()).isBetween(1, CLIENTS / 2);
            assertThat(drain.path("reconnects_by_second")).hasSizeGreaterThan(1);
        }
    }
}
