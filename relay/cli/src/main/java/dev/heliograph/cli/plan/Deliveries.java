package dev.heliograph.cli.plan;

import static dev.heliograph.cli.plan.Alone.IDLE_RATE;
import static dev.heliograph.cli.plan.Alone.MICROS;
import static dev.heliograph.cli.plan.Alone.SMALL;
import static dev.heliograph.cli.plan.Alone.positive;

import dev.heliograph.capacity.Calibration.Delivery;
import dev.heliograph.capacity.Calibration.Saturation;
import dev.heliograph.capacity.Scenario;
import dev.heliograph.capacity.Scenario.Publishing;
import dev.heliograph.loadtest.Burst;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What a relay alone spends on deliveries, and what it does at its limit.
///
/// Measured in rounds, each of which has everything once: a machine that is shared is fast now and slow then, and both
/// the costs and what is predicted from them are to be of the same machine. Of the rounds the one in the middle counts,
/// for each figure.
final class Deliveries {

    /// Publications on their way and sizes: a write for each delivery, and as many in one as it takes to be cheap, with
    /// payloads from one packet to many; and two points between.
    private static final int[][] POINTS = {
        {1, SMALL},
        {1, 1_024},
        {1, 16_384},
        {4, SMALL},
        {8, SMALL},
        {32, SMALL},
        {32, 1_024},
        {32, 4_096},
        {32, 16_384}
    };

    /// Whose bytes tell what there is beside a payload.
    private static final int OVERHEAD_POINT = 1;

    /// What predictions are compared with.
    private static final List<Limit> LIMITS = List.of(
            new Limit(100, 10, 1_024, 40),
            new Limit(20, 50, 256, 50),
            new Limit(200, 5, 4_096, 20),
            new Limit(500, 2, 512, 16));

    /// What a publication costs by itself is seen with few subscribers.
    private static final Limit FEW = new Limit(10, 100, SMALL, 64);

    /// @param subscribers of each channel
    /// @param inFlight    publications on their way in all channels together
    private record Limit(int subscribers, int channels, int payloadBytes, int inFlight) {

        String words() {
            return String.format(
                    Locale.ROOT,
                    "%,d B to %d subscribers in each of %d channels, %d in flight",
                    payloadBytes,
                    subscribers,
                    channels,
                    inFlight);
        }
    }

    /// What a relay spent on a burst.
    private record Spent(Burst burst, double cpuSeconds, long bytes, long writes) {

        /// For each delivery.
        double micros() {
            return cpuSeconds * MICROS / burst.deliveries();
        }

        double framesPerWrite() {
            return Math.max(1, (double) burst.deliveries() / Math.max(1, writes));
        }

        double cores() {
            return cpuSeconds / burst.seconds();
        }
    }

    private final Effort effort;
    private final Consumer<String> progress;
    private final List<Delivery> costs = new ArrayList<>();
    private final List<Saturation> saturations = new ArrayList<>();
    private Optional<Double> websocketMicros = Optional.empty();
    private double pacedMicros;
    private double overheadBytes;

    Deliveries(Effort effort, Consumer<String> progress) {
        this.effort = effort;
        this.progress = progress;
    }

    void measure(MeasuredRelay relay) {
        List<Limit> limits = LIMITS.subList(0, Math.min(LIMITS.size(), effort.saturations()));
        List<Load> loads = new ArrayList<>();
        try {
            Load hot = enter(relay, loads, "hot-", 1, effort.subscribers());
            Load few = enter(relay, loads, "few-", FEW.channels(), FEW.subscribers());
            for (Limit limit : limits) {
                enter(relay, loads, "limit" + loads.size() + "-", limit.channels(), limit.subscribers());
            }
            // Compiled, before anything counts.
            hot.swarm().saturate(32, SMALL, effort.time());
            hot.swarm().saturate(1, SMALL, effort.time());
            rounds(relay, hot, few, limits, loads.subList(2, loads.size()));
            pacedMicros = paced(relay, hot);
        } finally {
            loads.forEach(Load::close);
        }
    }

    private static Load enter(MeasuredRelay relay, List<Load> loads, String prefix, int channels, int subscribers) {
        Load load = Load.enter(relay, prefix, channels, subscribers);
        loads.add(load);
        return load;
    }

    private void rounds(MeasuredRelay relay, Load hot, Load few, List<Limit> limits, List<Load> atLimits) {
        List<List<Spent>> points = lists(POINTS.length);
        List<List<Spent>> saturated = lists(limits.size());
        List<Double> accepted = new ArrayList<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            progress.accept("  deliveries and limits, round " + round + " of " + effort.rounds());
            for (int i = 0; i < POINTS.length; i++) {
                points.get(i).add(saturated(relay, hot, POINTS[i][0], POINTS[i][1]));
            }
            Spent some = saturated(relay, few, FEW.inFlight(), FEW.payloadBytes());
            // They are few enough for the publication to be seen, and so many that most event loops have one: that each
            // of these is woken up is a part of it.
            accepted.add(FEW.subscribers()
                    * (some.micros() - points.getFirst().getLast().micros()));
            for (int i = 0; i < limits.size(); i++) {
                Limit limit = limits.get(i);
                saturated.get(i).add(saturated(relay, atLimits.get(i), limit.inFlight(), limit.payloadBytes()));
            }
        }
        // Less than nothing is what the measurements scatter: then it is too little to be seen.
        websocketMicros =
                Optional.of(median(accepted, Comparator.naturalOrder())).filter(each -> each > 0);
        take(points);
        for (int i = 0; i < limits.size(); i++) {
            take(limits.get(i), median(saturated.get(i), Comparator.comparingDouble(Spent::micros)));
        }
    }

    private void take(List<List<Spent>> points) {
        // What a publication costs by itself is not the deliveries' part.
        double publication = websocketMicros.orElse(0.0) / effort.subscribers();
        for (int i = 0; i < POINTS.length; i++) {
            Spent spent = median(points.get(i), Comparator.comparingDouble(Spent::micros));
            costs.add(new Delivery(
                    POINTS[i][0],
                    effort.subscribers(),
                    POINTS[i][1],
                    positive(spent.micros() - publication),
                    spent.burst().deliveriesPerSecond(),
                    Optional.of(spent.framesPerWrite())));
            if (i == OVERHEAD_POINT) {
                overheadBytes =
                        Math.max(0, (double) spent.bytes() / spent.burst().deliveries() - POINTS[i][1]);
            }
        }
    }

    private void take(Limit limit, Spent spent) {
        if (spent.cores() > 0) {
            saturations.add(new Saturation(
                    limit.words(),
                    new Scenario(
                            spent.cores(),
                            limit.subscribers(),
                            limit.channels(),
                            limit.payloadBytes(),
                            limit.inFlight(),
                            Publishing.WEBSOCKET),
                    spent.burst().deliveriesPerSecond(),
                    spent.cores(),
                    Optional.of(spent.framesPerWrite())));
        }
    }

    /// A quarter of the time beforehand, in which the load finds its pace.
    private Spent saturated(MeasuredRelay relay, Load load, int inFlight, int payloadBytes) {
        load.swarm().saturate(inFlight, payloadBytes, effort.roundTime().dividedBy(4));
        return spent(relay, () -> load.swarm().saturate(inFlight, payloadBytes, effort.roundTime()));
    }

    private static Spent spent(MeasuredRelay relay, Supplier<Burst> load) {
        double cpu = relay.cpuSeconds();
        long bytes = ProcessUse.writtenBytes(relay.pid());
        long writes = ProcessUse.writes(relay.pid());
        Burst burst = Load.exact(load.get());
        return new Spent(
                burst,
                relay.cpuSeconds() - cpu,
                ProcessUse.writtenBytes(relay.pid()) - bytes,
                ProcessUse.writes(relay.pid()) - writes);
    }

    /// At a rate that leaves the relay idle in between: each publication wakes it up.
    private double paced(MeasuredRelay relay, Load load) {
        return positive(spent(
                        relay,
                        () -> load.swarm().pace(IDLE_RATE, SMALL, effort.time().multipliedBy(2)))
                .micros());
    }

    private static <T> List<List<T>> lists(int count) {
        List<List<T>> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    /// Of an odd number the one in the middle.
    private static <T> T median(List<T> all, Comparator<? super T> order) {
        return all.stream().sorted(order).toList().get(all.size() / 2);
    }

    /// In the order of the points; the first one is a small payload, a write for each.
    List<Delivery> costs() {
        return costs;
    }

    /// Beside its deliveries; absent if it is less than what the measurements scatter.
    Optional<Double> websocketMicros() {
        return websocketMicros;
    }

    double pacedMicros() {
        return pacedMicros;
    }

    double overheadBytes() {
        return overheadBytes;
    }

    List<Saturation> saturations() {
        return saturations;
    }
}
