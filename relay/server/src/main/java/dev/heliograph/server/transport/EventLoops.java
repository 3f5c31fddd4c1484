package dev.heliograph.server.transport;

import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.server.config.SlowConsumer;
import dev.heliograph.server.hub.ShardMeter;
import dev.heliograph.server.observe.Instruments;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// The event loops of a node; connections are dealt out to them in turn.
final class EventLoops implements AutoCloseable {

    private final SlowConsumers slowConsumers = new SlowConsumers();
    private final List<EventLoop> loops;
    private final LoopProbe probe;
    private final AtomicInteger turn = new AtomicInteger();

    /// @param count of loops; 0 for one a processor
    EventLoops(int count, Instruments instruments, ShardMeter shards) {
        int loopCount = count > 0 ? count : Runtime.getRuntime().availableProcessors();
        loops = IntStream.range(0, loopCount)
                .mapToObj(i -> new EventLoop(
                        "heliograph-loop-" + i, slowConsumers, new LoopMeter(instruments, Integer.toString(i)), shards))
                .toList();
        loops.forEach(EventLoop::start);
        probe = new LoopProbe(loops, instruments);
        for (SlowConsumer policy : SlowConsumer.values()) {
            String name = policy.name().toLowerCase(Locale.ROOT);
            // What DISCONNECT drops is counted as SLOW.
            if (policy != SlowConsumer.DISCONNECT) {
                instruments.counter(
                        DropCause.METRIC, DropCause.HELP, () -> slowConsumers.dropped(policy), "cause", name);
            }
            instruments.counter(
                    "heliograph_slow_consumers",
                    "Subscriptions, with the policy `disconnect` connections, that ended since a peer was too slow.",
                    () -> slowConsumers.ended(policy),
                    "policy",
                    name);
        }
    }

    EventLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    SlowConsumers slowConsumers() {
        return slowConsumers;
    }

    /// What the loops have counted together.
    long sum(ToLongFunction<LoopMeter> value) {
        return loops.stream().mapToLong(loop -> value.applyAsLong(loop.meter())).sum();
    }

    /// Open connections.
    int connectionCount() {
        return loops.stream().mapToInt(EventLoop::connectionCount).sum();
    }

    /// Tells every connection that the node shuts down, and waits until they are gone or the time is over.
    void shutdown(Duration timeout) {
        for (EventLoop loop : loops) {
            loop.execute(() -> List.copyOf(loop.connections())
                    .forEach(connection -> connection.close(DisconnectCode.SHUTDOWN.disconnect())));
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        while (connectionCount() > 0 && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        probe.close();
        loops.forEach(EventLoop::close);
    }
}
