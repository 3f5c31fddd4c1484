package dev.heliograph.console.overview;

import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodeTraffic;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes figures of what nodes tell: gauges as they are, counters as rates.
///
/// A node tells of itself with each heartbeat; between two of them its row is the same, and so are its rates.
/// The rate
/// of a counter is unknown, not zero and not huge, when the node or its counter has begun anew, after a
/// silence, and
/// until the second heartbeat: nobody knows how old the first row was when it was seen. Not threadsafe.
final class Readings {

    /// After so long without news the next rates are unknown: it would be the mean of a time that the chart
    /// shows as a
    /// gap.
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /// A row that is the same for so long is no late heartbeat.
    private static final Duration LATE = Duration.ofSeconds(10);

    /// @param at    when the row was new
    /// @param exact whether that is known, as it is not of the first one
    private record Last(NodeRow row, Instant at, boolean exact, Instant heard, Map<Figure, Double> rates) {}

    private final Map<String, Last> last = new HashMap<>();

    /// @param rows of all nodes that are there now, by their names
    /// @return the figures of each that are known, by the name of the node
    Map<String, Map<Figure, Double>> read(Map<String, NodeRow> rows, Instant at) {
        Map<String, Map<Figure, Double>> figures = new HashMap<>();
        Set<String> there = new HashSet<>();
        rows.forEach((name, row) -> {
            there.add(row.id());
            Map<Figure, Double> all = gauges(row);
            all.putAll(rates(row, at));
            figures.put(name, all);
        });
        last.keySet().retainAll(there);
        return figures;
    }

    private Map<Figure, Double> rates(NodeRow row, Instant at) {
        Last before = last.get(row.id());
        Map<Figure, Double> rates = new EnumMap<>(Figure.class);
        if (before != null
                && before.row.started() == row.started()
                && Duration.between(before.heard, at).compareTo(SILENCE) < 0) {
            if (before.row.equals(row) && Duration.between(before.at, at).compareTo(LATE) < 0) {
                last.put(row.id(), new Last(row, before.at, before.exact, at, before.rates));
                return before.rates;
            }
            if (!before.exact) {
                last.put(row.id(), new Last(row, at, true, at, rates));
                return rates;
            }
            double seconds = Duration.between(before.at, at).toNanos() / 1e9;
            Map<Figure, Long> then = counters(before.row);
            counters(row).forEach((figure, now) -> {
                Long from = then.get(figure);
                if (from != null && seconds > 0 && now >= from) {
                    rates.put(figure, (now - from) / seconds);
                }
            });
            last.put(row.id(), new Last(row, at, true, at, rates));
            return rates;
        }
        last.put(row.id(), new Last(row, at, false, at, rates));
        return rates;
    }

    private static Map<Figure, Double> gauges(NodeRow row) {
        Map<Figure, Double> gauges = new EnumMap<>(Figure.class);
        gauges.put(Figure.CONNECTIONS, (double) row.clients());
        gauges.put(Figure.CPU, row.cpu());
        NodeTraffic traffic = row.traffic();
        if (traffic != null) {
            put(gauges, Figure.LATENCY_P50, traffic.delayP50Ms());
            put(gauges, Figure.LATENCY_P95, traffic.delayP95Ms());
            put(gauges, Figure.LATENCY_P99, traffic.delayP99Ms());
        }
        return gauges;
    }

    private static void put(Map<Figure, Double> gauges, Figure figure, @Nullable Double value) {
        if (value != null) {
            gauges.put(figure, value);
        }
    }

    private static Map<Figure, Long> counters(NodeRow row) {
        Map<Figure, Long> counters = new EnumMap<>(Figure.class);
        counters.put(Figure.REFUSED, row.handshakesRefused());
        NodeTraffic traffic = row.traffic();
        if (traffic != null) {
            counters.put(Figure.PUBLICATIONS, traffic.published());
            counters.put(Figure.DELIVERIES, traffic.delivered());
            counters.put(Figure.BYTES_IN, traffic.bytesIn());
            counters.put(Figure.BYTES_OUT, traffic.bytesOut());
            counters.put(Figure.ERRORS, traffic.errors());
            counters.put(Figure.REJECTED, traffic.rejected());
        }
        return counters;
    }

    /// The figures of all nodes together, of those that are known.
    static Map<Figure, Double> together(Map<String, Map<Figure, Double>> nodes) {
        Map<Figure, Double> all = new EnumMap<>(Figure.class);
        nodes.values().forEach(node -> node.forEach((figure, value) -> all.merge(figure, value, figure::join)));
        return all;
    }
}
