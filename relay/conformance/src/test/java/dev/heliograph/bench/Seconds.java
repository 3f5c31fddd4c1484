package dev.heliograph.bench;

import java.util.List;

/// How even a rate is.
final class Seconds {

    private static final long NANOS = 1_000_000_000L;

    private Seconds() {}

    /// The most events in any second, wherever it begins.
    ///
    /// @param times as of [System#nanoTime], in order
    static int most(List<Long> times) {
        int most = 0;
        int from = 0;
        for (int i = 0; i < times.size(); i++) {
            while (times.get(i) - times.get(from) >= NANOS) {
                from++;
            }
            most = Math.max(most, i - from + 1);
        }
        return most;
    }
}
