package dev.heliograph.server.observe;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Durations in fixed buckets. Threadsafe, without a lock, an allocation or a clock of its own: cheap enough to be told
/// once of each publication on each event loop.
public final class Histogram {

    private final Buckets buckets;
    private final AtomicLongArray counts;
    private final LongAdder sum = new LongAdder();

    Histogram(Buckets buckets) {
        this.buckets = buckets;
        this.counts = new AtomicLongArray(buckets.size());
    }

    public void record(long nanos) {
        record(nanos, 1);
    }

    /// Takes a duration that was the same for many.
    ///
    /// @param nanos  counted as 0 if negative
    /// @param weight for how many
    public void record(long nanos, long weight) {
        long duration = Math.max(0, nanos);
        counts.getAndAdd(buckets.index(duration), weight);
        sum.add(duration * weight);
    }

    /// How many durations it was told.
    public long count() {
        long count = 0;
        for (long each : counts()) {
            count += each;
        }
        return count;
    }

    Buckets buckets() {
        return buckets;
    }

    /// How many are in each bucket.
    long[] counts() {
        long[] all = new long[counts.length()];
        for (int i = 0; i < all.length; i++) {
            all[i] = counts.get(i);
        }
        return all;
    }

    double sumSeconds() {
        return sum.sum() / 1e9;
    }
}
