package dev.heliograph.server.guard;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/// How often something decided on this node, and when it last did. One small object, since there may be 100,000
/// of them. Threadsafe.
public final class Hits {

    private static final AtomicLongFieldUpdater<Hits> COUNT = AtomicLongFieldUpdater.newUpdater(Hits.class, "count");

    private volatile long count;
    private volatile long last;

    Hits() {}

    void hit(long millis) {
        COUNT.incrementAndGet(this);
        if (last != millis) {
            last = millis;
        }
    }

    Count count() {
        return new Count(count, last);
    }

    /// @param hits since the rule was put down, or the node started
    /// @param last in Unix milliseconds; 0 for never
    public record Count(long hits, long last) {

        static final Count NONE = new Count(0, 0);

        Count plus(Count other) {
            return new Count(hits + other.hits, Math.max(last, other.last));
        }
    }
}
