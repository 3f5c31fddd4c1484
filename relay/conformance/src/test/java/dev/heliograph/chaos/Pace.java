package dev.heliograph.chaos;

import java.util.concurrent.TimeUnit;

/// Lets messages through at a rate: until there are as many as wanted, and until the faults are through. Time
/// that was lost is not made up for. Threadsafe.
final class Pace {

    private final long nanosOfOne;
    private final long goal;
    private boolean open;
    private long admitted;
    private long next = System.nanoTime();

    /// @param open whether it goes on beyond the goal until [#end]
    Pace(int perSecond, long goal, boolean open) {
        this.nanosOfOne = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.goal = goal;
        this.open = open;
    }

    /// Waits for the turn of some messages.
    ///
    /// @return false if there are no more
    boolean admit(int messages) throws InterruptedException {
        long wait;
        synchronized (this) {
            if (!open && admitted >= goal) {
                return false;
            }
            admitted += messages;
            long now = System.nanoTime();
            next = Math.max(next, now);
            wait = next - now;
            next += messages * nanosOfOne;
        }
        TimeUnit.NANOSECONDS.sleep(wait);
        return true;
    }

    /// From now on the goal is the end.
    synchronized void end() {
        open = false;
    }

    synchronized long admitted() {
        return admitted;
    }
}
