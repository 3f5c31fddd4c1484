package dev.heliograph.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heliograph.server.observe.RecentDurations.Percentiles;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentDurationsTest {

    private static final long MILLI = 1_000_000;

    private long now = 5;
    private final RecentDurations durations = new RecentDurations(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void withoutDurationsThereAreNoPercentiles() {
        assertThat(durations.percentiles()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void percentilesAreWithinAnEighth(long seed) {
        Random random = new Random(seed);
        double[] all = new double[10_000];
        for (int i = 0; i < all.length; i++) {
            // From 0.1 ms to 10 s, as many in each decade.
            all[i] = Math.pow(10, random.nextDouble(-1, 4));
            durations.record((long) (all[i] * MILLI), 1);
        }
        Arrays.sort(all);
        Percentiles percentiles = durations.percentiles().orElseThrow();
        assertThat(percentiles.p50()).isCloseTo(all[5_000], within(all[5_000] / 8));
        assertThat(percentiles.p95()).isCloseTo(all[9_500], within(all[9_500] / 8));
        assertThat(percentiles.p99()).isCloseTo(all[9_900], within(all[9_900] / 8));
    }

    @Test
    void aDurationCountsForAsManyAsItHad() {
        durations.record(MILLI, 98);
        durations.record(100 * MILLI, 2);
        Percentiles percentiles = durations.percentiles().orElseThrow();
        assertThat(percentiles.p95()).isBetween(0.8, 1.2);
        assertThat(percentiles.p99()).isBetween(90.0, 115.0);
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        durations.record(100 * MILLI, 1_000);
        for (int second = 0; second < 9; second++) {
            assertThat(durations.percentiles().orElseThrow().p50()).isGreaterThan(90);
            pass(Duration.ofSeconds(1));
        }
        durations.record(MILLI, 1);
        for (int second = 0; second < 3; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(durations.percentiles()).isPresent();
        }
        assertThat(durations.percentiles().orElseThrow().p99()).isLessThan(1.2);
        for (int second = 0; second < 12; second++) {
            durations.percentiles();
            pass(Duration.ofSeconds(1));
        }
        assertThat(durations.percentiles()).isEmpty();
    }

    @Test
    void whateverIsRecordedHasABucket() {
        for (long nanos :
                new long[] {Long.MIN_VALUE, -1, 0, 1, 65_535, 65_536, (1L << 34) - 1, 1L << 34, Long.MAX_VALUE}) {
            durations.record(nanos, 1);
        }
        assertThat(durations.percentiles().orElseThrow().p99()).isBetween(17_000.0, 18_000.0);
    }
}
