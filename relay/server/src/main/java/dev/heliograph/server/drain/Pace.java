package dev.heliograph.server.drain;

/// Spaces events evenly at a rate that may change. Not threadsafe; time is that of [System#nanoTime].
///
/// Who was kept from acting does not catch up, but for [#SLACK_NANOS], which evens out the jitter of timers: no window
/// of a second has more than 1.05 times the rate, and one event.
final class Pace {

    /// A busy machine wakes threads this late now and then.
    static final long SLACK_NANOS = 50_000_000;

    private static final double SECOND = 1e9;

    private long last;
    private boolean begun;

    /// How long the next event must wait; 0 for not at all.
    long waitNanos(long now, double perSecond) {
        return begun ? Math.max(0, last + interval(perSecond) - now) : 0;
    }

    /// An event that need not wait happens.
    void happened(long now, double perSecond) {
        last = begun ? Math.max(last + interval(perSecond), now - SLACK_NANOS) : now;
        begun = true;
    }

    private static long interval(double perSecond) {
        return (long) (SECOND / perSecond);
    }
}
