package dev.heliograph.cli.plan;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.Calibration.Measured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a relay alone uses. Each figure is a difference of what the system says of its process before and
/// after.
final class Alone {

    static final double MICROS = 1e6;
    static final int SMALL = 128;

    /// Never, as far as measurements of other things go.
    private static final int NO_PINGS = 3_600;

    private static final int PINGED_SECONDS = 2;
    private static final int BACK_ENDS = 32;
    private static final int BATCH = 32;
    private static final int MORE_CHANNELS = 20;

    /// A client gives so many publications a second for the idle latency.
    static final int IDLE_RATE = 60;

    private final Effort effort;
    private final Path folder;
    private final Consumer<String> progress;
    private final Deliveries deliveries;
    private Calibration.Base process = new Calibration.Base(1, 1);
    private Calibration.Connection connection = new Calibration.Connection(1, 1, 1, Optional.empty(), Optional.empty());
    private double apiMicros;
    private double batchMicros;
    private double idleMillis;

    Alone(Effort effort, Path folder, Consumer<String> progress) {
        this.effort = effort;
        this.folder = folder;
        this.progress = progress;
        this.deliveries = new Deliveries(effort, progress);
    }

    void measure() throws InterruptedException {
        try (MeasuredRelay relay = MeasuredRelay.start(folder, NO_PINGS, Optional.empty())) {
            connections(relay);
        }
        try (MeasuredRelay relay = MeasuredRelay.start(folder, NO_PINGS, Optional.empty())) {
            publications(relay);
            deliveries.measure(relay);
            idleLatency(relay);
        }
    }

    Measured measured(Optional<Calibration.Redis> redis) {
        return new Measured(
                process,
                connection,
                new Calibration.Publication(apiMicros, batchMicros, deliveries.websocketMicros()),
                deliveries.costs(),
                Optional.of(deliveries.pacedMicros()),
                new Calibration.Network(deliveries.overheadBytes()),
                new Calibration.Latency(idleMillis),
                redis,
                deliveries.saturations());
    }

    /// Of a small payload in a write of its own.
    double deliveryMicros() {
        return deliveries.costs().getFirst().cpuUs();
    }

    private void connections(MeasuredRelay relay) throws InterruptedException {
        progress.accept("  connections");
        int count = effort.connections();
        // Its code is compiled, and its young generation has been full, before anything counts.
        long files = relay.openFiles();
        Load.enter(relay, "warm-", 10, Math.max(1, count / 10)).close();
        relay.awaitOpenFiles(files);
        double heap = relay.heapBytes();
        double rss = relay.rssBytes();
        process = new Calibration.Base(rss, heap);
        double cpu = relay.cpuSeconds();
        try (Load idle = Load.enter(relay, "idle-", 10, count / 10)) {
            double connect = (relay.cpuSeconds() - cpu) * MICROS / count;
            double rssEach = Math.max(1, (relay.rssBytes() - rss) / count);
            double heapEach = Math.max(1, (relay.heapBytes() - heap) / count);
            double before = relay.heapBytes();
            int few = Math.max(1, count / 10);
            try (Load many = Load.enterAll(relay, "many-", 1 + MORE_CHANNELS, few)) {
                double each = ((relay.heapBytes() - before) / few - heapEach) / MORE_CHANNELS;
                connection = new Calibration.Connection(
                        rssEach, heapEach, positive(connect), pings(), Optional.of(Math.max(1, each)));
                check(many);
            }
            check(idle);
        }
    }

    private static void check(Load load) {
        if (!load.swarm().ends().isEmpty()) {
            throw new IllegalArgumentException(
                    "connections ended: " + load.swarm().ends());
        }
    }

    /// Pinged every other second, by a relay of its own; absent if that is too little to be seen.
    private Optional<Double> pings() throws InterruptedException {
        progress.accept("  pings");
        int count = effort.connections() / 2;
        try (MeasuredRelay relay = MeasuredRelay.start(folder, PINGED_SECONDS, Optional.empty());
                Load load = Load.enter(relay, "pinged-", 1, count)) {
            Duration time = effort.time().multipliedBy(2);
            // The code for pings is compiled by then.
            Thread.sleep(time.multipliedBy(2));
            double cpu = relay.cpuSeconds();
            long began = System.nanoTime();
            Thread.sleep(time);
            double pings = count * (System.nanoTime() - began) / 1e9 / PINGED_SECONDS;
            check(load);
            double micros = (relay.cpuSeconds() - cpu) * MICROS / pings;
            return micros > 0 ? Optional.of(micros) : Optional.empty();
        }
    }

    private void publications(MeasuredRelay relay) {
        progress.accept("  publications over the API");
        List<String> channels = Load.names("api-", BACK_ENDS);
        apiMicros = published(relay, new BackEnds(relay.port(), BACK_ENDS, channels, 1, SMALL));
        batchMicros = published(relay, new BackEnds(relay.port(), BACK_ENDS, channels, BATCH, SMALL));
    }

    /// CPU microseconds of a publication.
    private double published(MeasuredRelay relay, BackEnds backEnds) {
        try (backEnds) {
            backEnds.publish(effort.time());
            double cpu = relay.cpuSeconds();
            long count = backEnds.publish(effort.time());
            return positive((relay.cpuSeconds() - cpu) * MICROS / count);
        }
    }

    private void idleLatency(MeasuredRelay relay) {
        progress.accept("  latency without load");
        try (Load load = Load.enter(relay, "calm-", 1, 10)) {
            idleMillis = Load.exact(
                            load.swarm().pace(IDLE_RATE, SMALL, effort.time().multipliedBy(2)))
                    .latencyMillis(99);
        }
    }

    /// The system counts processor time in steps of 10 ms, so that a short measurement may see nothing: then
    /// it is taken to be as little as can be told.
    static double positive(double micros) {
        return Math.max(0.01, micros);
    }
}
