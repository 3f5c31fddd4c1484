package dev.heliograph.loadtest;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// What the members on one [Reactor] saw. For its thread, but for [#delivered] and [#live].
final class Tally {

    /// In microseconds; longer ones count as a minute.
    static final long LONGEST = 60_000_000;

    /// Publications that members got, whichever.
    final AtomicLong delivered = new AtomicLong();

    final AtomicLong live = new AtomicLong();

    /// From when a publication was due to when a member had it.
    final Histogram latency = new Histogram(LONGEST, 3);

    /// From the first packet to the last answer of a member's entry.
    final Histogram entry = new Histogram(LONGEST, 3);

    final Map<String, Long> ends = new TreeMap<>();
    long bytes;
    long duplicated;
    long reordered;

    /// In microseconds.
    static long micros(long nanos) {
        return Math.clamp(nanos / 1_000, 0, LONGEST);
    }

    void ended(End end) {
        String cause = switch (end) {
            case End.Refused(String why, boolean _) -> "refused " + why;
            case End.Closed(int code) -> "closed " + code;
            case End.Cut(String why) -> "cut " + why;
        };
        ends.merge(cause, 1L, Long::sum);
    }
}
