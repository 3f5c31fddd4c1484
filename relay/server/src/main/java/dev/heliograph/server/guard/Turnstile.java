package dev.heliograph.server.guard;

import java.util.concurrent.atomic.AtomicLong;

/// Lets one after the other through, at a rate, however late they come to it. On a busy machine those who waited for
/// their turn wake up late, and would go through at once. Threadsafe, without locks.
final class Turnstile {

    private final long interval;
    private final long slack;
    private final AtomicLong last;

    /// @param interval nanoseconds between two
    /// @param slack    those who come late make up for so many nanoseconds
    Turnstile(long interval, long slack, long now) {
        this.interval = interval;
        this.slack = slack;
        this.last = new AtomicLong(now - slack);
    }

    /// How long the next one has to wait in front of it; it must go through after that.
    long waitNanos(long now) {
        long place = last.updateAndGet(before -> Math.max(before - now + interval, -slack) + now);
        return Math.max(0, place - now);
    }
}
