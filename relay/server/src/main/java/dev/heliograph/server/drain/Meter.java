package dev.heliograph.server.drain;

/// Counts events by second, to tell their rate over the last seconds. Not threadsafe; time is that of
/// [System#nanoTime].
final class Meter {

    private static final long SECOND = 1_000_000_000L;

    /// Full seconds that are looked back on.
    private static final int WINDOW = 5;

    private final long origin;
    private final int[] counts = new int[WINDOW + 1];
    private long second;

    Meter(long now) {
        this.origin = now;
    }

    void count(long now) {
        advance(now);
        counts[(int) (second % counts.length)]++;
    }

    /// Events a second over the last full seconds; of the running one while there is none.
    double perSecond(long now) {
        advance(now);
        if (second == 0) {
            return counts[0];
        }
        int sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += i == second % counts.length ? 0 : counts[i];
        }
        return (double) sum / Math.min(second, WINDOW);
    }

    private void advance(long now) {
        long at = (now - origin) / SECOND;
        for (long each = Math.max(second + 1, at - WINDOW); each <= at; each++) {
            counts[(int) (each % counts.length)] = 0;
        }
        second = Math.max(second, at);
    }
}
