package dev.heliograph.fleet;

import dev.heliograph.fleet.Observation.Load;
import dev.heliograph.fleet.Observation.Peak;
import dev.heliograph.fleet.Observation.Unknown;
import dev.heliograph.fleet.RelayNode.State;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.cluster.PrometheusMetrics;
import dev.heliograph.runbook.cluster.PrometheusMetrics.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/// The relays and their load, as Prometheus has them. What it does not have, or has not seen for a minute, is
/// not guessed: then nothing is known.
///
/// The lock of deployments is read from `heliograph_deploy_lock`, which says nothing before the first
/// deployment. That is no gap: the playbooks that scale take the lock themselves, and refuse to run without it.
public final class PrometheusView implements Supplier<Observation> {

    private static final String UP = "max by (node, colour) (up{job=\"relay\"})";
    private static final String LATELY_UP = "max by (node, colour) (max_over_time(up{job=\"relay\"}[3m]))";
    private static final String AGE = "time() - min by (node, colour) (timestamp(up{job=\"relay\"}))";
    private static final String CONNECTIONS = "sum by (node, colour) (heliograph_connections{job=\"relay\"})";
    /// Two minutes: longer than a collection of garbage or the warming up of a relay that has just begun.
    private static final String SMOOTH_CPU = "avg_over_time(process_cpu_usage{job=\"relay\"}[2m])";
    private static final String CPU = "max by (node, colour) (" + SMOOTH_CPU + ")";
    private static final String DRAINING = "max by (node, colour) (heliograph_draining{job=\"relay\"})";
    private static final String LIMIT = "min by (node, colour) (heliograph_connection_limit{job=\"relay\"})";
    private static final String LOCK = "max(heliograph_deploy_lock)";

    /// Scrapes of relays are five seconds apart; after this many they are no accident.
    private static final double STALE_SECONDS = 60;

    /// A Prometheus that was away for a minute or two has not missed the peak of a quarter of an hour; a new one has.
    private static final double KNOWN_OF_PEAK = 0.8;

    private record Key(String node, String colour) {}

    private final PrometheusMetrics prometheus;
    private final String peakConnections;
    private final String peakCpu;
    private final String looks;
    private final double enoughLooks;

    /// @param peak how far back the highest load counts
    public PrometheusView(PrometheusMetrics prometheus, Duration peak) {
        long window = Math.max(1, peak.toSeconds());
        long step = Math.clamp(window / 20, 1, 15);
        String within = "[" + window + "s:" + step + "s])";
        String connections = "((sum(heliograph_connections{job=\"relay\"}))" + within;
        this.prometheus = prometheus;
        this.peakConnections = "max_over_time" + connections;
        this.peakCpu = "max_over_time((sum(" + SMOOTH_CPU + "))" + within;
        this.looks = "count_over_time" + connections;
        this.enoughLooks = KNOWN_OF_PEAK * window / step;
    }

    /// Blocks while Prometheus is asked.
    @Override
    public Observation get() {
        try {
            return load();
        } catch (RunbookException e) {
            return new Unknown(e.sentence());
        } catch (Gap e) {
            return new Unknown(String.valueOf(e.getMessage()));
        }
    }

    private Load load() {
        Map<Key, Double> up = byRelay(UP);
        if (up.isEmpty()) {
            throw new Gap("Prometheus knows no relay");
        }
        Map<Key, Double> latelyUp = byRelay(LATELY_UP);
        Map<Key, Double> ages = byRelay(AGE);
        Map<Key, Double> connections = byRelay(CONNECTIONS);
        Map<Key, Double> cpu = byRelay(CPU);
        Map<Key, Double> draining = byRelay(DRAINING);
        Map<Key, Double> limits = byRelay(LIMIT);
        List<RelayNode> relays = new ArrayList<>();
        up.forEach((key, answers) -> {
            double age = of(ages, key, "time of its last answer");
            if (age > STALE_SECONDS) {
                throw new Gap("Prometheus has not looked at %s for %.0f s".formatted(key.node(), age));
            }
            String host = RelayNode.hostOf(key.node(), key.colour());
            if (answers < 1) {
                State state = latelyUp.getOrDefault(key, 0.0) >= 1 ? State.LATELY_LOST : State.LOST;
                relays.add(new RelayNode(key.node(), host, key.colour(), state, 0, 0, 0));
            } else {
                relays.add(new RelayNode(
                        key.node(),
                        host,
                        key.colour(),
                        of(draining, key, "word on whether it drains") >= 1 ? State.DRAINS : State.SERVES,
                        Math.round(of(connections, key, "number of connections")),
                        of(cpu, key, "share of processors"),
                        Math.round(of(limits, key, "limit of connections"))));
            }
        });
        return new Load(relays, peak(), one(LOCK).orElse(0) >= 1);
    }

    private Optional<Peak> peak() {
        OptionalDouble connections = one(peakConnections);
        OptionalDouble cpu = one(peakCpu);
        return connections.isPresent() && cpu.isPresent() && one(looks).orElse(0) >= enoughLooks
                ? Optional.of(new Peak(Math.round(connections.getAsDouble()), cpu.getAsDouble()))
                : Optional.empty();
    }

    private static double of(Map<Key, Double> values, Key key, String what) {
        Double value = values.get(key);
        if (value == null || value.isNaN()) {
            throw new Gap("Prometheus has no " + what + " of " + key.node());
        }
        return value;
    }

    private OptionalDouble one(String query) {
        return prometheus.samples(query).stream()
                .mapToDouble(Sample::value)
                .filter(Double::isFinite)
                .max();
    }

    private Map<Key, Double> byRelay(String query) {
        Map<Key, Double> values = new HashMap<>();
        for (Sample sample : prometheus.samples(query)) {
            String node = sample.labels().getOrDefault("node", "");
            if (node.isEmpty()) {
                throw new Gap("a target of the job relay has no label node");
            }
            values.put(new Key(node, sample.labels().getOrDefault("colour", "")), sample.value());
        }
        return values;
    }

    /// Something that is not known.
    private static final class Gap extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Gap(String message) {
            super(message);
        }
    }
}
