package dev.heliograph.server.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/// Whether the node takes one more connection: a bound on their number and on how many come in a second. Threadsafe.
///
/// The rate is a token bucket with room for one second, kept as the time at which it will be full again.
final class Admission {

    private static final long SECOND = 1_000_000_000L;

    private final int limit;
    private final long interval;
    private final IntSupplier count;
    private final AtomicLong fullAt = new AtomicLong(System.nanoTime());

    /// @param limit connections; 0 for any number
    /// @param rate  connections a second; 0 for any number
    /// @param count connections there are
    Admission(int limit, int rate, IntSupplier count) {
        this.limit = limit;
        this.interval = rate > 0 ? SECOND / rate : 0;
        this.count = count;
    }

    boolean admit() {
        return (limit == 0 || count.getAsInt() < limit) && (interval == 0 || admit(System.nanoTime()));
    }

    /// Takes a token, if there is one at this time.
    boolean admit(long now) {
        while (true) {
            long full = fullAt.get();
            long next = (full - now < 0 ? now : full) + interval;
            if (next - now > SECOND) {
                return false;
            }
            if (fullAt.compareAndSet(full, next)) {
                return true;
            }
        }
    }
}
