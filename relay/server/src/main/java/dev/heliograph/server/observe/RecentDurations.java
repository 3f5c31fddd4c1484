package dev.heliograph.server.observe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// Percentiles of the durations of about the last ten seconds, each within an eighth of what it was. Recording
/// is threadsafe, without a lock, an allocation or a clock of its own: cheap enough for the path of a message.
/// What is recent moves on each time that somebody asks, once a second at most: between two questions further
/// apart than the window, all of that time is recent.
public final class RecentDurations {

    /// Three percentiles, in milliseconds.
    public record Percentiles(double p50, double p95, double p99) {}

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofSeconds(1);

    /// Buckets to each power of two: a bucket is an eighth wide of where it begins.
    private static final int PARTS = 8;

    /// 65 µs: what is faster is fast enough to be one bucket.
    private static final int LOWEST_POWER = 16;

    /// 17 s: longer than anybody waits.
    private static final int HIGHEST_POWER = 34;

    private static final int SIZE = (HIGHEST_POWER - LOWEST_POWER) * PARTS + 2;

    private record Moment(long at, long[] counts) {}

    private final LongSupplier nanoTime;
    private final AtomicLongArray counts = new AtomicLongArray(SIZE);

    /// What the counts were, once a second, the oldest first. Guarded by `this`.
    private final Deque<Moment> moments = new ArrayDeque<>();

    public RecentDurations() {
        this(System::nanoTime);
    }

    RecentDurations(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        moments.add(new Moment(nanoTime.getAsLong(), new long[SIZE]));
    }

    /// Takes a duration that was the same for many.
    ///
    /// @param nanos  counted as 0 if negative
    /// @param weight for how many
    public void record(long nanos, long weight) {
        counts.getAndAdd(index(nanos), weight);
    }

    /// The percentiles now; nothing if there was no duration lately.
    public synchronized Optional<Percentiles> percentiles() {
        long now = nanoTime.getAsLong();
        long[] current = new long[SIZE];
        for (int i = 0; i < SIZE; i++) {
            current[i] = counts.get(i);
        }
        if (now - moments.getLast().at >= STEP.toNanos()) {
            moments.add(new Moment(now, current));
        }
        // One of the window's age or a little older stays, as what to compare with.
        while (moments.size() > 2 && now - second().at >= WINDOW.toNanos()) {
            moments.removeFirst();
        }
        long[] before = moments.getFirst().counts;
        long total = 0;
        long[] recent = new long[SIZE];
        for (int i = 0; i < SIZE; i++) {
            recent[i] = current[i] - before[i];
            total += recent[i];
        }
        if (total == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Percentiles(millis(recent, total, 0.50), millis(recent, total, 0.95), millis(recent, total, 0.99)));
    }

    private Moment second() {
        var all = moments.iterator();
        all.next();
        return all.next();
    }

    private static int index(long nanos) {
        if (nanos < 1L << LOWEST_POWER) {
            return 0;
        }
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        if (power >= HIGHEST_POWER) {
            return SIZE - 1;
        }
        int part = (int) (nanos >>> power - 3) & PARTS - 1;
        return 1 + (power - LOWEST_POWER) * PARTS + part;
    }

    /// Where a bucket begins, in nanoseconds.
    private static double lower(int index) {
        if (index == 0) {
            return 0;
        }
        int power = LOWEST_POWER + (index - 1) / PARTS;
        return Math.scalb(1 + (index - 1) % PARTS / (double) PARTS, power);
    }

    /// Spreads what is in a bucket evenly over it.
    private static double millis(long[] recent, long total, double share) {
        double wanted = total * share;
        long below = 0;
        int index = 0;
        while (below + recent[index] < wanted) {
            below += recent[index];
            index++;
        }
        double from = lower(index);
        double to = index == SIZE - 1 ? from : lower(index + 1);
        return (from + (to - from) * (wanted - below) / recent[index]) / 1e6;
    }
}
