package dev.heliograph.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"0, 500, 1000", "1, 500, 1500", "3, 500, 4500", "6, 500, 20000", "1000, 500, 20000"})
    void aPauseIsRandomAndGrowsWithFailures(int failures, long least, long most) {
        Random random = new Random(1);
        long low = Long.MAX_VALUE;
        long high = 0;
        for (int i = 0; i < 1_000; i++) {
            long millis = Backoff.delay(failures, random) / 1_000_000;
            low = Math.min(low, millis);
            high = Math.max(high, millis);
        }
        assertThat(low).isBetween(least, least + (most - least) / 20);
        assertThat(high).isBetween(most - (most - least) / 20, most);
    }
}
