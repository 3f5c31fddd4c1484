package dev.heliograph.server.transport;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.server.observe.Instruments;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;

/// Shows what the event loops of a node count, and asks each of them once a second how late it is and what waits in the
/// outboxes of its connections. A loop that has not answered is not asked again.
final class LoopProbe implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private record Asked(EventLoop loop, AtomicBoolean busy) {}

    private final List<EventLoop> loops;
    private final Thread thread;

    LoopProbe(List<EventLoop> loops, Instruments instruments) {
        this.loops = loops;
        for (Encoding encoding : Encoding.values()) {
            String name = encoding.name().toLowerCase(Locale.ROOT);
            instruments.gauge(
                    "heliograph_connections",
                    "Open client connections.",
                    () -> sum(meter -> meter.connections(encoding)),
                    "encoding",
                    name);
            instruments.counter(
                    "heliograph_deliveries",
                    "Messages of channels that were handed to subscribers' connections.",
                    () -> sum(meter -> meter.deliveries(encoding)),
                    "encoding",
                    name);
        }
        instruments.counter(
                "heliograph_received_bytes",
                "Bytes that clients sent after their handshakes, framing included, TLS not.",
                () -> sum(LoopMeter::received));
        instruments.counter(
                "heliograph_sent_bytes",
                "Bytes that were written to clients after their handshakes, framing included, TLS not.",
                () -> sum(LoopMeter::sent));
        instruments.gauge("heliograph_outbox_bytes", "Bytes that wait for peers.", () -> sum(LoopMeter::outboxBytes));
        instruments.gauge(
                "heliograph_outbox_largest_bytes",
                "Bytes that wait for the peer for which most waits.",
                () -> loops.stream()
                        .mapToLong(loop -> loop.meter().outboxLargest())
                        .max()
                        .orElse(0));
        for (LoopMeter.Depth depth : LoopMeter.Depth.values()) {
            instruments.gauge(
                    "heliograph_outbox_connections",
                    "Connections for which more bytes wait than the label says.",
                    () -> sum(meter -> meter.outboxes(depth)),
                    "over",
                    Long.toString(depth.over()));
        }
        this.thread = Thread.ofVirtual().name("loop-probe").unstarted(this::work);
        if (instruments.on()) {
            thread.start();
        }
    }

    private double sum(ToLongFunction<LoopMeter> value) {
        return loops.stream().mapToLong(loop -> value.applyAsLong(loop.meter())).sum();
    }

    private void work() {
        List<Asked> all =
                loops.stream().map(loop -> new Asked(loop, new AtomicBoolean())).toList();
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                all.forEach(LoopProbe::ask);
            }
        } catch (InterruptedException | RejectedExecutionException _) {
            // The node ends.
        }
    }

    private static void ask(Asked asked) {
        if (asked.busy.compareAndSet(false, true)) {
            long now = System.nanoTime();
            asked.loop.execute(() -> {
                asked.busy.set(false);
                asked.loop.meter().probed(now, asked.loop.connections());
            });
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
