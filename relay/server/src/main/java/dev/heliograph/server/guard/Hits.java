package dev.heliograph.server.guard;

import java.util.concurrent.atomic.LongAdder;

/// How often something decided on this node, and when it last did. Threadsafe.
public final class Hits {

    Hits() {}

    private final LongAdder count = new LongAdder();
    private volatile long last;

    void hit(long millis) {
        count.increment();
        last = millis;
    }

    Count count() {
        return new Count(count.sum(), last);
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
