package dev.heliograph.cli.plan;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.Calibration.Delivery;
import dev.heliograph.capacity.Calibration.Measured;
import dev.heliograph.capacity.Calibration.Saturation;
import dev.heliograph.capacity.Scenario;
import dev.heliograph.capacity.Scenario.Publishing;
import dev.heliograph.loadtest.Burst;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// What a relay alone uses. Each figure is a difference of what the system says of its process before and
/// after.
final class Alone {

    private static final double MICROS = 1e6;
    private static final int SMALL = 128;

    /// Never, as far as measurements of other things go.
    private static final int NO_PINGS = 3_600;

    private static final int PINGED_SECONDS = 2;
    private static final int BACK_ENDS = 32;
    private static final int BATCH = 32;
    private static final int MORE_CHANNELS = 20;
    private static final int FEW = 10;
    private static final int FEW_CHANNELS = 100;
    private static final int FEW_IN_FLIGHT = 64;

    /// A client gives so many publications a second for the idle latency.
    private static final int IDLE_RATE = 60;

    /// Batches and sizes: a write for each delivery, and as many in one as it takes to be cheap, with payloads
    /// from one packet to many; and a point between.
    private static final int[][] POINTS = {
        {1, SMALL}, {1, 1_024}, {1, 16_384}, {4, SMALL}, {32, SMALL}, {32, 1_024}, {32, 16_384}
    };

    /// What predictions are compared with: subscribers of a channel, channels, bytes, publications in flight.
    private static final int[][] LIMITS = {
        {100, 10, 1_024, 40}, {20, 50, 256, 50}, {200, 5, 4_096, 20}, {500, 2, 512, 16}
    };

    private final Effort effort;
    private final Path folder;
    private final Consumer<String> progress;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<Saturation> saturations = new ArrayList<>();
    private Calibration.Base process = new Calibration.Base(1, 1);
    private Calibration.Connection connection = new Calibration.Connection(1, 1, 1, Optional.empty(), Optional.empty());
    private double apiMicros;
    private double batchMicros;
    private double websocketMicros;
    private double pacedMicros;
    private double overheadBytes;
    private double idleMillis;

    Alone(Effort effort, Path folder, Consumer<String> progress) {
        this.effort = effort;
        this.folder = folder;
        this.progress = progress;
    }

    void measure() throws InterruptedException {
        try (MeasuredRelay relay = MeasuredRelay.start(folder, NO_PINGS, Optional.empty())) {
            connections(relay);
        }
        try (MeasuredRelay relay = MeasuredRelay.start(folder, NO_PINGS, Optional.empty())) {
            publications(relay);
            deliveries(relay);
            idleLatency(relay);
            limits(relay);
        }
    }

    Measured measured(Optional<Calibration.Redis> redis) {
        return new Measured(
                process,
                connection,
                new Calibration.Publication(apiMicros, batchMicros, Optional.of(websocketMicros)),
                deliveries,
                Optional.of(pacedMicros),
                new Calibration.Network(overheadBytes),
                new Calibration.Latency(idleMillis),
                redis,
                saturations);
    }

    /// Of a small payload in a write of its own.
    double deliveryMicros() {
        return deliveries.getFirst().cpuUs();
    }

    private void connections(MeasuredRelay relay) throws InterruptedException {
        progress.accept("  connections");
        int count = effort.connections();
        // Its code is compiled, and its young generation has been full, before anything counts.
        Load.enter(relay, "warm-", 10, Math.max(1, count / 10)).close();
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
            Thread.sleep(time);
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

    private void deliveries(MeasuredRelay relay) {
        progress.accept("  deliveries");
        int subscribers = effort.subscribers();
        List<Delivery> raw = new ArrayList<>();
        try (Load load = Load.enter(relay, "hot-", 1, subscribers)) {
            load.swarm().saturate(32, SMALL, effort.time());
            for (int[] point : POINTS) {
                double cpu = relay.cpuSeconds();
                long written = ProcessUse.writtenBytes(relay.pid());
                Burst burst = Load.exact(load.swarm().saturate(point[0], point[1], effort.time()));
                double micros = (relay.cpuSeconds() - cpu) * MICROS / burst.deliveries();
                raw.add(new Delivery(point[0], subscribers, point[1], positive(micros), burst.deliveriesPerSecond()));
                if (point[1] == 1_024 && point[0] == 1) {
                    double bytes = (double) (ProcessUse.writtenBytes(relay.pid()) - written) / burst.deliveries();
                    overheadBytes = Math.max(0, bytes - point[1]);
                }
            }
            pacedMicros = paced(relay, load);
        }
        websocketMicros = accepted(relay, raw.getFirst().cpuUs());
        // What a publication costs by itself is not the deliveries' part.
        raw.forEach(each -> deliveries.add(new Delivery(
                each.inFlight(),
                each.fanOut(),
                each.payloadBytes(),
                positive(each.cpuUs() - websocketMicros / subscribers),
                each.perSecond())));
    }

    /// At a rate that leaves the relay idle in between: each publication wakes it up.
    private double paced(MeasuredRelay relay, Load load) {
        double cpu = relay.cpuSeconds();
        Burst burst = Load.exact(load.swarm().pace(IDLE_RATE, SMALL, effort.time()));
        return positive((relay.cpuSeconds() - cpu) * MICROS / burst.deliveries());
    }

    /// What is left of a publication to a few subscribers without its deliveries. They are few enough for it
    /// to be seen, and so many that most event loops have one: each of these is woken up, which is a part of
    /// it.
    private double accepted(MeasuredRelay relay, double delivery) {
        try (Load load = Load.enter(relay, "few-", FEW_CHANNELS, FEW)) {
            load.swarm().saturate(FEW_IN_FLIGHT, SMALL, effort.time());
            double cpu = relay.cpuSeconds();
            Burst burst = Load.exact(load.swarm().saturate(FEW_IN_FLIGHT, SMALL, effort.time()));
            return positive((relay.cpuSeconds() - cpu) * MICROS / burst.published() - FEW * delivery);
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

    private void limits(MeasuredRelay relay) {
        progress.accept("  limits");
        for (int i = 0; i < Math.min(LIMITS.length, effort.saturations()); i++) {
            int[] limit = LIMITS[i];
            try (Load load = Load.enter(relay, "limit" + i + "-", limit[1], limit[0])) {
                load.swarm().saturate(limit[3], limit[2], effort.time());
                double cpu = relay.cpuSeconds();
                Burst burst = Load.exact(load.swarm().saturate(limit[3], limit[2], effort.time()));
                double cores = (relay.cpuSeconds() - cpu) / burst.seconds();
                if (cores > 0) {
                    saturations.add(new Saturation(
                            String.format(
                                    Locale.ROOT,
                                    "%,d B to %d subscribers in each of %d channels, %d in flight",
                                    limit[2],
                                    limit[0],
                                    limit[1],
                                    limit[3]),
                            new Scenario(cores, limit[0], limit[1], limit[2], limit[3], Publishing.WEBSOCKET),
                            burst.deliveriesPerSecond(),
                            cores));
                }
            }
        }
    }

    /// The system counts processor time in steps of 10 ms, so that a short measurement may see nothing: then
    /// it is taken to be as little as can be told.
    static double positive(double micros) {
        return Math.max(0.01, micros);
    }
}
