package dev.heliograph.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration MIN = Duration.ofMillis(500);
    private static final Duration MAX = Duration.ofSeconds(20);

    private final Backoff backoff = new Backoff(MIN, MAX);
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void isBetweenTheBoundsForAnyNumberOfFailures() {
        for (int failures = 0; failures < 100; failures++) {
            for (int i = 0; i < 100; i++) {
                assertThat(backoff.delay(failures, random)).isBetween(MIN, MAX);
            }
        }
    }

    @Test
    void spreadsTheFirstTryOverOneMinimum() {
        long longest = 0;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 1_000; i++) {
            long millis = backoff.delay(0, random).toMillis();
            longest = Math.max(longest, millis);
            shortest = Math.min(shortest, millis);
        }
        assertThat(shortest).isBetween(500L, 550L);
        assertThat(longest).isBetween(950L, 1_000L);
    }

    @Test
    void growsWithFailures() {
        long early = 0;
        long late = 0;
        for (int i = 0; i < 1_000; i++) {
            early += backoff.delay(1, random).toMillis();
            late += backoff.delay(4, random).toMillis();
        }
        assertThat(late).isGreaterThan(3 * early);
    }

    @Test
    void refusesBoundsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, MAX));
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(MAX, MIN));
    }
}
