package dev.heliograph.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before a further try: a random time (full jitter) from `min` to `min` plus `min` doubled with each
/// failure, and never more than `max`. Randomness spreads clients that lost their node at the same moment.
record Backoff(Duration min, Duration max) {

    private static final int MAX_DOUBLINGS = 30;

    Backoff {
        if (min.isNegative() || min.isZero() || max.compareTo(min) < 0) {
            throw new IllegalArgumentException("backoff must be positive, and max not below min");
        }
    }

    /// @param failures so far, 0 for the first try
    Duration delay(int failures, RandomGenerator random) {
        long base = min.toMillis();
        long limit = max.toMillis();
        long spread = Math.min(limit, base << Math.min(failures, MAX_DOUBLINGS));
        if (spread < base) {
            spread = limit;
        }
        return Duration.ofMillis(Math.min(limit, base + random.nextLong(spread + 1)));
    }
}
