package dev.heliograph.loadtest;

import org.HdrHistogram.Histogram;

/// Latencies in microseconds, as a whole and since somebody last asked. A value is recorded once, without allocation;
/// the rest is done when somebody asks. For one thread.
final class Meter {

    private final Histogram before = new Histogram(Tally.LONGEST, 3);
    private final Histogram recent = new Histogram(Tally.LONGEST, 3);

    /// @param micros from 0 to [Tally#LONGEST]
    void record(long micros) {
        recent.recordValue(micros);
    }

    /// What was recorded since this was last called; a copy.
    Histogram take() {
        Histogram taken = recent.copy();
        before.add(recent);
        recent.reset();
        return taken;
    }

    /// All since the last [#reset]; a copy.
    Histogram whole() {
        Histogram all = before.copy();
        all.add(recent);
        return all;
    }

    void reset() {
        before.reset();
        recent.reset();
    }
}
