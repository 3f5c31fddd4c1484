package dev.heliograph.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.loadtest.Burst;
import dev.heliograph.loadtest.Dialect;
import dev.heliograph.loadtest.Dialects;
import dev.heliograph.loadtest.LoadException;
import dev.heliograph.loadtest.Swarm;
import dev.heliograph.testkit.RelayCluster;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The account of a swarm agrees with what a real relay did.
class SwarmTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TIME = Duration.ofMillis(500);

    private static RelayCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = RelayCluster.start(1);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private static URI url() {
        return URI.create("ws://127.0.0.1:" + cluster.relay(0).port() + "/connection/websocket");
    }

    private static Dialect dialect() {
        return Dialects.clientProtocol(_ -> "", false);
    }

    private static List<String> channels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "swarm-" + i).toList();
    }

    @Test
    void everyMemberGetsEverythingOnceAndInOrderOnAnyNumberOfLoops() {
        try (Swarm swarm = new Swarm(url(), dialect(), channels(1), 2)) {
            swarm.enter(50, _ -> new int[] {0}, PATIENCE);
            Burst burst = swarm.saturate(16, 256, TIME);

            assertThat(swarm.live()).isEqualTo(50);
            assertThat(burst.published()).isPositive();
            assertThat(burst.expected()).isEqualTo(50 * burst.published());
            assertThat(burst.exact()).isTrue();
            assertThat(burst.lost()).isZero();
            assertThat(burst.latency().getTotalCount()).isEqualTo(burst.deliveries());
            assertThat(swarm.lacking()).isZero();
            assertThat(swarm.entryLatency().getTotalCount()).isEqualTo(50);
        }
    }

    @Test
    void anEvenRateIsKeptAndReachesThoseWhoHearSeveralChannels() {
        try (Swarm swarm = new Swarm(url(), dialect(), channels(4), 1)) {
            swarm.enter(8, number -> new int[] {number % 4, (number + 1) % 4}, PATIENCE);
            swarm.openSenders(3);
            Burst burst = swarm.pace(200, 64, TIME);

            assertThat(burst.published()).isEqualTo(100);
            assertThat(burst.deliveries()).isEqualTo(400);
            assertThat(burst.exact()).isTrue();
        }
    }

    @Test
    void whatIsNotReadIsLackingUntilItIs() {
        try (Swarm swarm = new Swarm(url(), dialect(), channels(1), 1)) {
            swarm.enter(2, _ -> new int[] {0}, PATIENCE);
            swarm.openSenders(1);
            swarm.read(1, false);
            Burst burst = swarm.pace(100, 64, TIME);

            assertThat(burst.lost()).isEqualTo(50);
            assertThat(swarm.lacking()).isEqualTo(50);
        }
    }

    @Test
    void aRefusedPublicationFailsTheRunWithWhatTheRelayAnswered() {
        try (Swarm swarm = new Swarm(url(), dialect(), List.of("unknown-namespace:x"), 1)) {
            swarm.enter(1, _ -> new int[0], PATIENCE);

            assertThatThrownBy(() -> swarm.saturate(1, 64, TIME))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("not published")
                    .hasMessageContaining("102");
        }
    }

    @Test
    void clientsThatAreRefusedFailTheEntryWithTheReason() {
        URI elsewhere = URI.create("ws://127.0.0.1:" + cluster.relay(0).port() + "/nothing");
        try (Swarm swarm = new Swarm(elsewhere, dialect(), channels(1), 1)) {
            assertThatThrownBy(() -> swarm.enter(3, _ -> new int[] {0}, PATIENCE))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("refused 404");
        }
    }
}
