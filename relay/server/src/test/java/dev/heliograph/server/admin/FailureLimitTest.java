package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLimitTest {

    private final AtomicLong now = new AtomicLong();
    private final FailureLimit limit = new FailureLimit(now::get);

    @Test
    void tenFailuresInAMinuteAreOneTooMany() {
        for (int i = 0; i < FailureLimit.MAX - 1; i++) {
            limit.failed("a");
        }
        assertThat(limit.wait("a")).isZero();
        limit.failed("a");
        assertThat(limit.wait("a")).isEqualTo(60);
        assertThat(limit.wait("b")).isZero();
    }

    @Test
    void theMinuteBeginsWithTheFirstOne() {
        for (int i = 0; i < FailureLimit.MAX; i++) {
            limit.failed("a");
            now.addAndGet(1_000_000_000L);
        }
        assertThat(limit.wait("a")).isEqualTo(50);
        now.addAndGet(50_000_000_000L);
        assertThat(limit.wait("a")).isZero();
        limit.failed("a");
        assertThat(limit.wait("a")).isZero();
    }
}
