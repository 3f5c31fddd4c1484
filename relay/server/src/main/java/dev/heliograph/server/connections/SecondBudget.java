package dev.heliograph.server.connections;

/// Lets at most so many through in any second. Threadsafe.
final class SecondBudget {

    /// When the last ones went through, in a ring. Guarded by this.
    private final long[] times;

    /// Where the next one goes, and whether the ring is full. Guarded by this.
    private int next;

    private boolean full;

    SecondBudget(int perSecond) {
        this.times = new long[perSecond];
    }

    /// @param now of [System#nanoTime]
    /// @return whether fewer than allowed went through in the second before
    synchronized boolean take(long now) {
        if (full && now - times[next] < 1_000_000_000L) {
            return false;
        }
        times[next] = now;
        next = (next + 1) % times.length;
        full |= next == 0;
        return true;
    }
}
