package dev.heliograph.server.observe;

/// The upper bounds of a histogram's buckets, in nanoseconds, the smallest first.
public enum Buckets {

    /// What clients wait for: half a millisecond to ten seconds.
    WAITING(
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000,
            25_000_000,
            50_000_000,
            100_000_000,
            250_000_000,
            500_000_000,
            1_000_000_000,
            2_500_000_000L,
            10_000_000_000L),

    /// What a thread does in one go: ten microseconds to a second.
    WORKING(10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000, 50_000_000, 100_000_000, 1_000_000_000);

    private final long[] bounds;

    Buckets(long... bounds) {
        this.bounds = bounds;
    }

    /// Of how many buckets it is made, the one without a bound included.
    int size() {
        return bounds.length + 1;
    }

    /// The bucket of a duration.
    int index(long nanos) {
        int i = 0;
        while (i < bounds.length && nanos > bounds[i]) {
            i++;
        }
        return i;
    }

    /// The bounds in seconds, with infinity as the last.
    double[] seconds() {
        double[] seconds = new double[size()];
        for (int i = 0; i < bounds.length; i++) {
            seconds[i] = bounds[i] / 1e9;
        }
        seconds[bounds.length] = Double.POSITIVE_INFINITY;
        return seconds;
    }
}
