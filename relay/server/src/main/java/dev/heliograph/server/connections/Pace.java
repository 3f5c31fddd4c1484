package dev.heliograph.server.connections;

import java.time.Duration;

/// How many may go at a time, so that no second has more than its share. What a slow step leaves behind is not
/// made up for later. Not threadsafe.
final class Pace {

    /// Steps of a fast pace: short, so that a second is even.
    private static final long STEP_NANOS = 100_000_000;

    /// Of one step without a pace.
    private static final int UNPACED = 1_000;

    private final double perSecond;
    private double credit;
    private long last;

    /// @param perSecond 0 for as fast as it goes
    /// @param now       of [System#nanoTime]
    Pace(double perSecond, long now) {
        this.perSecond = perSecond;
        this.last = now;
        this.credit = 1;
    }

    /// Takes as many as may go now.
    int take(long now) {
        if (perSecond == 0) {
            return UNPACED;
        }
        // What one step gives, and the fraction that the last one has left.
        double most = 1 + perSecond * STEP_NANOS / 1e9;
        credit = Math.min(most, credit + perSecond * (now - last) / 1e9);
        last = now;
        // Sums of fractions may be a hair below the whole number that they mean.
        int whole = (int) (credit + 1e-6);
        credit -= whole;
        return whole;
    }

    /// Nanoseconds until at least one may go; a step, if more than one may then.
    long pause() {
        return perSecond == 0 ? 0 : (long) Math.max(STEP_NANOS, (1 - credit) / perSecond * 1e9);
    }

    /// How long so many take.
    static Duration of(int count, double perSecond) {
        return perSecond == 0 ? Duration.ZERO : Duration.ofMillis((long) Math.ceil(count / perSecond * 1_000));
    }
}
