package dev.heliograph.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    @Test
    void whoComesInTimeDoesNotWait() {
        Turnstile turnstile = new Turnstile(10 * MILLI, 250 * MILLI, 0);
        for (int i = 1; i <= 1_000; i++) {
            assertThat(turnstile.waitNanos(i * 10 * MILLI)).isZero();
        }
    }

    /// All of two seconds wake up at once: 25 make up for lost time, the others go through at the rate.
    @Test
    void thoseWhoComeLateGoThroughAtTheRate() {
        Turnstile turnstile = new Turnstile(10 * MILLI, 250 * MILLI, 0);
        long now = 2 * SECOND;
        List<Long> through = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            through.add(now + turnstile.waitNanos(now));
        }
        assertThat(through.stream().filter(time -> time == now)).hasSize(26);
        assertThat(through.getLast()).isEqualTo(now + 174 * 10 * MILLI);
        for (int i = 126; i < through.size(); i++) {
            assertThat(through.get(i) - through.get(i - 126)).isGreaterThanOrEqualTo(SECOND);
        }
    }
}
