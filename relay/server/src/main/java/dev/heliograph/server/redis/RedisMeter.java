package dev.heliograph.server.redis;

import dev.heliograph.server.observe.Buckets;
import dev.heliograph.server.observe.Histogram;
import dev.heliograph.server.observe.Instruments;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/// What the connections of one use of Redis tell: all of them together, since addresses are no labels.
final class RedisMeter {

    private final Set<IntSupplier> queues = ConcurrentHashMap.newKeySet();
    private final boolean timed;
    private final Histogram trips;
    private final LongAdder commands;
    private final LongAdder failures;

    /// @param use a name that is known beforehand
    RedisMeter(Instruments instruments, String use) {
        this.timed = instruments.on();
        this.trips = instruments.histogram(
                "heliograph_redis_round_trip_seconds",
                "From sending a batch of commands to Redis to its last reply.",
                Buckets.WAITING,
                "use",
                use);
        this.commands =
                instruments.counter("heliograph_redis_commands", "Commands that were sent to Redis.", "use", use);
        this.failures = instruments.counter(
                "heliograph_redis_failures",
                "Times that a connection to Redis broke or could not be opened.",
                "use",
                use);
        instruments.gauge(
                "heliograph_redis_queue_commands",
                "Commands that wait for their round trip to Redis.",
                () -> queues.stream().mapToInt(IntSupplier::getAsInt).sum(),
                "use",
                use);
    }

    /// Counts a queue's length until [#remove].
    void add(IntSupplier queue) {
        queues.add(queue);
    }

    void remove(IntSupplier queue) {
        queues.remove(queue);
    }

    /// Begins a round trip.
    long begin() {
        return timed ? System.nanoTime() : 0;
    }

    /// @param began what [#begin] returned
    void ended(long began, int count) {
        commands.add(count);
        if (timed) {
            trips.record(System.nanoTime() - began);
        }
    }

    void failed() {
        failures.increment();
    }
}
