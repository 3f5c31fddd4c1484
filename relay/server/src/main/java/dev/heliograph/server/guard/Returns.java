package dev.heliograph.server.guard;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// When those who were refused shall come back, so that they come at the rate that is admitted: each is given the next
/// free place in a queue that nobody waits in. Threadsafe.
final class Returns {

    private static final long SECOND = 1_000_000_000L;

    /// Beyond this, clients that do not heed the advice would push those that do ever further out.
    private static final long FURTHEST = 60 * SECOND;

    private final long interval;
    private final AtomicLong next;

    /// @param interval nanoseconds between two who are admitted
    Returns(long interval, long now) {
        this.interval = interval;
        this.next = new AtomicLong(now);
    }

    /// Seconds that the next one shall wait: at least 1. A part of a second is rounded up as often as it is
    /// long, so that no second gets more than its share.
    int seconds(long now) {
        // When the first comes back, those who wait for their turn now have had it.
        long first = now + Admission.LONGEST_WAIT_NANOS;
        long place = next.updateAndGet(last -> Math.min((last - first < 0 ? first : last) + interval, now + FURTHEST));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long delay = place - now < FURTHEST ? place - now : random.nextLong(FURTHEST / 2, FURTHEST);
        return (int) Math.max(1, (delay + random.nextLong(SECOND)) / SECOND);
    }
}
