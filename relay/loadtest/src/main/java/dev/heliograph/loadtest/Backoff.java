package dev.heliograph.loadtest;

import java.util.random.RandomGenerator;

/// How long a client waits before it tries again: as the SDKs do, half a second and a random time on top that may be
/// twice as long after each failure, and 20 s at most.
final class Backoff {

    private static final long MIN = 500_000_000L;
    private static final long MAX = 20_000_000_000L;

    /// More than these reach the maximum anyway.
    private static final int MAX_DOUBLINGS = 10;

    private Backoff() {}

    /// @param failures in a row, 0 for the first try
    /// @return nanoseconds
    static long delay(int failures, RandomGenerator random) {
        long spread = Math.min(MAX, MIN << Math.min(failures, MAX_DOUBLINGS));
        return Math.min(MAX, MIN + random.nextLong(spread + 1));
    }
}
