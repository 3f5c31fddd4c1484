package dev.heliograph.console.overview;

import static dev.heliograph.console.testing.Samples.busy;
import static dev.heliograph.console.testing.Samples.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodeTraffic;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Readings readings = new Readings();

    private Map<Figure, Double> read(int second, NodeRow row) {
        return readings.read(Map.of(row.name(), row), START.plusSeconds(second)).getOrDefault(row.name(), Map.of());
    }

    @Test
    void gaugesAreKnownAtOnceAndRatesFromTheSecondHeartbeatOn() {
        assertThat(read(0, node("n1", 10, 100)))
                .containsEntry(Figure.CONNECTIONS, 10.0)
                .doesNotContainKey(Figure.REFUSED);
        assertThat(read(1, node("n1", 11, 106))).doesNotContainKey(Figure.REFUSED);
        assertThat(read(3, node("n1", 11, 112))).containsEntry(Figure.REFUSED, 3.0);
    }

    @Test
    void trafficIsReadAsRatesAndItsDelaysAsTheyAre() {
        read(-1, busy("n1", 1, new NodeTraffic(9, 90, 900, 1_900, 0, 0, 0, 1.0, 2.0, 3.0)));
        read(0, busy("n1", 1, new NodeTraffic(10, 100, 1_000, 2_000, 1, 2, 0, 1.0, 2.0, 3.0)));

        assertThat(read(2, busy("n1", 1, new NodeTraffic(20, 300, 1_500, 6_000, 2, 6, 0, null, 4.0, 9.5))))
                .containsEntry(Figure.PUBLICATIONS, 5.0)
                .containsEntry(Figure.DELIVERIES, 100.0)
                .containsEntry(Figure.BYTES_IN, 250.0)
                .containsEntry(Figure.BYTES_OUT, 2_000.0)
                .containsEntry(Figure.ERRORS, 0.5)
                .containsEntry(Figure.REJECTED, 2.0)
                .doesNotContainKey(Figure.LATENCY_P50)
                .containsEntry(Figure.LATENCY_P99, 9.5);
        assertThat(read(3, node("n1", 1, 0))).doesNotContainKey(Figure.DELIVERIES);
    }

    @Test
    void betweenTwoHeartbeatsTheRateStaysWhatItWas() {
        read(-1, node("n1", 10, 95));
        read(0, node("n1", 10, 100));
        read(1, node("n1", 11, 110));

        assertThat(read(2, node("n1", 11, 110))).containsEntry(Figure.REFUSED, 10.0);
        assertThat(read(3, node("n1", 12, 130))).containsEntry(Figure.REFUSED, 10.0);
    }

    @Test
    void whatStandsStillForLongIsZero() {
        read(-1, node("n1", 10, 95));
        read(0, node("n1", 10, 100));
        read(1, node("n1", 11, 110));
        for (int second = 2; second < 11; second++) {
            read(second, node("n1", 11, 110));
        }

        assertThat(read(11, node("n1", 11, 110))).containsEntry(Figure.REFUSED, 0.0);
    }

    @Test
    void aCounterThatBeginsAnewIsAGapAndNoSpike() {
        read(0, node("n1", 10, 100));

        assertThat(read(1, node("n1", 0, 2))).doesNotContainKey(Figure.REFUSED);
        assertThat(read(2, node("n1", 1, 3))).containsEntry(Figure.REFUSED, 1.0);
    }

    @Test
    void aNodeThatStartedAgainIsAGap() {
        read(0, node("n1", "first", "1.0.0", "blue", 10, 100));

        assertThat(read(1, node("n1", "second", "1.0.0", "blue", 0, 500))).doesNotContainKey(Figure.REFUSED);
    }

    @Test
    void afterASilenceTheFirstRateIsUnknown() {
        read(-1, node("n1", 10, 95));
        read(0, node("n1", 10, 100));

        assertThat(read(60, node("n1", 11, 700))).doesNotContainKey(Figure.REFUSED);
    }

    @Test
    void figuresOfNodesAreAddedUpButPercentilesAreThoseOfTheWorst() {
        Map<Figure, Double> together = Readings.together(Map.of(
                "n1", Map.of(Figure.CONNECTIONS, 3.0, Figure.LATENCY_P99, 20.0),
                "n2", Map.of(Figure.CONNECTIONS, 4.0, Figure.LATENCY_P99, 5.0),
                "n3", Map.of(Figure.CONNECTIONS, 1.0)));

        assertThat(together).containsEntry(Figure.CONNECTIONS, 8.0).containsEntry(Figure.LATENCY_P99, 20.0);
    }
}
