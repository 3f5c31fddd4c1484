package dev.heliograph.server.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    private final Pace pace = new Pace();

    /// The most events in any window of a second.
    static int peak(List<Long> events) {
        int peak = 0;
        int from = 0;
        for (int i = 0; i < events.size(); i++) {
            while (events.get(i) - events.get(from) >= SECOND) {
                from++;
            }
            peak = Math.max(peak, i - from + 1);
        }
        return peak;
    }

    @Test
    void eventsAreSpacedEvenly() {
        long now = -5 * SECOND;
        assertThat(pace.waitNanos(now, 10)).isZero();
        for (int i = 0; i < 100; i++) {
            pace.happened(now, 10);
            assertThat(pace.waitNanos(now, 10)).isEqualTo(SECOND / 10);
            now += SECOND / 10;
            assertThat(pace.waitNanos(now, 10)).isZero();
        }
    }

    @Test
    void aChangedRateHoldsForTheNextEvent() {
        pace.happened(0, 1);
        assertThat(pace.waitNanos(0, 1)).isEqualTo(SECOND);
        assertThat(pace.waitNanos(0, 4)).isEqualTo(SECOND / 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 167, 1_000, 20_000})
    void howeverLateItIsServedNoSecondHasMoreThanItsShareAndJitterDoesNotSlowItDown(int rate) {
        Random random = new Random(rate);
        List<Long> events = new ArrayList<>();
        long now = 0;
        while (now < 20 * SECOND) {
            if (pace.waitNanos(now, rate) == 0) {
                pace.happened(now, rate);
                events.add(now);
            } else {
                now += pace.waitNanos(now, rate) + random.nextInt(2_000_000);
            }
            if (random.nextInt(rate * 2) == 0) {
                // The machine stands still for up to 3 s.
                now += random.nextLong(3 * SECOND);
            }
        }
        assertThat(peak(events)).isLessThanOrEqualTo((int) Math.ceil(rate * 1.05) + 1);

        Pace jittery = new Pace();
        int count = 0;
        for (long at = 0; at < 20 * SECOND; ) {
            if (jittery.waitNanos(at, rate) == 0) {
                jittery.happened(at, rate);
                count++;
            } else {
                at += jittery.waitNanos(at, rate) + random.nextInt(2_000_000);
            }
        }
        assertThat(count).isBetween(rate * 20 - 1 - rate / 50, rate * 20 + 1);
    }
}
