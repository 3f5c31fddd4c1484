package dev.heliograph.server.transport;

import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.server.hub.ShardMeter;
import dev.heliograph.server.observe.Instruments;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// The event loops of a node; connections are dealt out to them in turn.
final class EventLoops implements AutoCloseable {

    private final List<EventLoop> loops;
    private final LoopProbe probe;
    private final AtomicInteger turn = new AtomicInteger();

    /// @param count of loops; 0 for one a processor
    EventLoops(int count, Instruments instruments, ShardMeter shards) {
        int loopCount = count > 0 ? count : Runtime.getRuntime().availableProcessors();
        loops = IntStream.range(0, loopCount)
                .mapToObj(i -> new EventLoop(
                        "heliograph-loop-" + i, new LoopMeter(instruments, Integer.toString(i)), shards))
                .toList();
        loops.forEach(EventLoop::start);
        probe = new LoopProbe(loops, instruments);
    }

    EventLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
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
