package dev.heliograph.server.transport;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.server.observe.Buckets;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Histogram;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.observe.Tally;
import java.util.Set;

/// What one event loop counts; only its own thread does. Fields, no locks, no clocks but two a turn.
final class LoopMeter {

    /// Bytes that may wait for a peer before it is counted as one that does not keep up.
    enum Depth {
        ANY(0),
        SOME(16_384),
        MUCH(262_144);

        private final long over;

        Depth(long over) {
            this.over = over;
        }

        /// More than so many bytes.
        long over() {
            return over;
        }
    }

    private static final Depth[] DEPTHS = Depth.values();

    private final boolean timed;
    private final Tally received = new Tally();
    private final Tally sent = new Tally();
    private final Tally[] deliveries = tallies(Encoding.values().length);
    private final Tally[] connections = tallies(Encoding.values().length);
    private final Tally outboxBytes = new Tally();
    private final Tally outboxLargest = new Tally();
    private final Tally[] outboxes = tallies(Depth.values().length);
    private final Histogram lag;
    private final Histogram turns;
    private final Counts<DropCause> drops;

    /// @param loop its number
    LoopMeter(Instruments instruments, String loop) {
        this.timed = instruments.on();
        this.lag = instruments.histogram(
                "heliograph_loop_lag_seconds",
                "From queueing a task on an event loop until it runs; one task a second.",
                Buckets.WORKING,
                "loop",
                loop);
        this.turns = instruments.histogram(
                "heliograph_loop_turn_seconds",
                "How long an event loop works before it looks at its sockets again.",
                Buckets.WORKING,
                "loop",
                loop);
        this.drops = instruments.counts(DropCause.METRIC, DropCause.HELP, "cause", DropCause.class);
    }

    private static Tally[] tallies(int count) {
        Tally[] tallies = new Tally[count];
        for (int i = 0; i < count; i++) {
            tallies[i] = new Tally();
        }
        return tallies;
    }

    // ---- on the loop ----

    void received(int bytes) {
        received.add(bytes);
    }

    /// @param bytes ignored if negative
    void sent(int bytes) {
        if (bytes > 0) {
            sent.add(bytes);
        }
    }

    /// Messages of channels were handed to a subscriber's connection.
    void delivered(Encoding encoding, int messages) {
        deliveries[encoding.ordinal()].add(messages);
    }

    void connections(Encoding encoding, int change) {
        connections[encoding.ordinal()].add(change);
    }

    void dropped(DropCause cause, int messages) {
        if (messages > 0) {
            drops.add(cause, messages);
        }
    }

    /// Begins a turn.
    long begin() {
        return timed ? System.nanoTime() : 0;
    }

    /// @param began what [#begin] returned
    void ended(long began) {
        if (timed) {
            turns.record(System.nanoTime() - began);
        }
    }

    /// A task that was queued for this has its turn.
    void probed(long queuedAt, Set<Connection> all) {
        lag.record(System.nanoTime() - queuedAt);
        long bytes = 0;
        long largest = 0;
        long[] deep = new long[outboxes.length];
        for (Connection each : all) {
            long waiting = each.waitingBytes();
            bytes += waiting;
            largest = Math.max(largest, waiting);
            for (int i = 0; i < deep.length && waiting > DEPTHS[i].over(); i++) {
                deep[i]++;
            }
        }
        outboxBytes.set(bytes);
        outboxLargest.set(largest);
        for (int i = 0; i < deep.length; i++) {
            outboxes[i].set(deep[i]);
        }
    }

    // ---- from any thread ----

    long received() {
        return received.get();
    }

    long sent() {
        return sent.get();
    }

    /// In all encodings.
    long deliveries() {
        long all = 0;
        for (Tally each : deliveries) {
            all += each.get();
        }
        return all;
    }

    long deliveries(Encoding encoding) {
        return deliveries[encoding.ordinal()].get();
    }

    long connections(Encoding encoding) {
        return connections[encoding.ordinal()].get();
    }

    long outboxBytes() {
        return outboxBytes.get();
    }

    long outboxLargest() {
        return outboxLargest.get();
    }

    long outboxes(Depth depth) {
        return outboxes[depth.ordinal()].get();
    }
}
