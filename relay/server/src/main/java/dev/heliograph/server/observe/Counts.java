package dev.heliograph.server.observe;

import java.util.concurrent.atomic.LongAdder;

/// One counter for each constant of an enum, which is the set of values that its label can have. Threadsafe.
public final class Counts<E extends Enum<E>> {

    private final LongAdder[] counts;

    Counts(int size) {
        counts = new LongAdder[size];
        for (int i = 0; i < size; i++) {
            counts[i] = new LongAdder();
        }
    }

    public void add(E cause) {
        add(cause, 1);
    }

    public void add(E cause, long count) {
        counts[cause.ordinal()].add(count);
    }

    public long get(E cause) {
        return of(cause).sum();
    }

    /// Of all causes together.
    public long total() {
        long total = 0;
        for (LongAdder count : counts) {
            total += count.sum();
        }
        return total;
    }

    LongAdder of(E cause) {
        return counts[cause.ordinal()];
    }
}
