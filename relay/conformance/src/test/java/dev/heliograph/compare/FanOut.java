package dev.heliograph.compare;

import dev.heliograph.loadtest.Burst;
import dev.heliograph.loadtest.Swarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// One channel with 1,000 subscribers: as many deliveries as there can be, and how late they are at an even rate.
final class FanOut {

    private static final int SUBSCRIBERS = 1_000;
    private static final int SIZE = 256;

    /// Publications on their way: enough to keep every server busy.
    private static final int SATURATED = 32;

    private static final double RATE = 60;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration TIME = Duration.ofSeconds(3);

    private final Sheet sheet;
    private final int rounds;

    FanOut(Sheet sheet, int rounds) {
        this.sheet = sheet;
        this.rounds = rounds;
    }

    private record Side(Running server, Swarm swarm) implements AutoCloseable {

        static Side of(Peer peer) {
            Running server = Running.start(peer, Peer.Task.ALONE);
            Swarm swarm = new Swarm(server.url(), peer.dialect(), List.of("bench"), 1);
            swarm.enter(SUBSCRIBERS, _ -> new int[] {0}, Duration.ofSeconds(60));
            return new Side(server, swarm);
        }

        @Override
        public void close() {
            swarm.close();
            server.close();
        }
    }

    void run() {
        List<Side> sides = new ArrayList<>();
        try {
            for (Peer peer : Peer.values()) {
                sides.add(Side.of(peer));
            }
            sides.forEach(side -> side.swarm.saturate(SATURATED, SIZE, WARM_UP));
            for (int i = 0; i < rounds; i++) {
                for (Side side : sides) {
                    measure("fanout_saturated", side, () -> side.swarm.saturate(SATURATED, SIZE, TIME));
                }
                for (Side side : sides) {
                    measure("fanout_paced", side, () -> side.swarm.pace(RATE, SIZE, TIME));
                }
            }
        } finally {
            sides.forEach(Side::close);
        }
        sheet.atLeast("fanout_saturated_per_s", Peer.REFERENCE, 2);
        sheet.atLeast("fanout_saturated_per_s", Peer.TUNED, 1.5);
        sheet.atMost("fanout_saturated_cpu_us", Peer.REFERENCE, 0.5);
        sheet.atMost("fanout_paced_p99_ms", Peer.REFERENCE, 0.8);
    }

    private void measure(String name, Side side, Supplier<Burst> load) {
        double before = side.server.cpuSeconds();
        Burst burst = load.get();
        double cpu = side.server.cpuSeconds() - before;
        Peer peer = side.server.peer();
        if (!burst.exact()) {
            throw new IllegalStateException("%s: %d of %d deliveries, %d twice, %d late"
                    .formatted(peer.key(), burst.deliveries(), burst.expected(), burst.duplicated(), burst.reordered()));
        }
        sheet.add(name + "_per_s", peer, burst.deliveriesPerSecond());
        sheet.add(name + "_cpu_us", peer, cpu / burst.deliveries() * 1e6);
        sheet.add(name + "_p50_ms", peer, burst.latencyMillis(50));
        sheet.add(name + "_p99_ms", peer, burst.latencyMillis(99));
    }
}
