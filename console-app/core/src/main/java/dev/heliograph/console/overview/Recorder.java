package dev.heliograph.console.overview;

import dev.heliograph.console.live.Points;
import dev.heliograph.console.live.TimeSeries;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The console's own memory of the figures: of the last 24 hours at most, and only since it was opened. Bounded: nodes
/// that were not heard of for longest are forgotten when there are more than [#MAX_NODES]. Threadsafe; never blocks for
/// long.
final class Recorder implements History {

    /// About a megabyte each.
    static final int MAX_NODES = 48;

    private final Map<Figure, TimeSeries> cluster = new EnumMap<>(Figure.class);

    /// By name; the one heard of last comes last.
    private final SequencedMap<String, Map<Figure, TimeSeries>> nodes = new LinkedHashMap<>();

    private Optional<Instant> since = Optional.empty();

    synchronized void add(Instant at, Map<String, Map<Figure, Double>> figures) {
        since = since.or(() -> Optional.of(at));
        figures.forEach((name, values) -> {
            Map<Figure, TimeSeries> series = nodes.computeIfAbsent(name, _ -> new EnumMap<>(Figure.class));
            nodes.putLast(name, series);
            put(series, at, values);
        });
        while (nodes.size() > MAX_NODES) {
            nodes.pollFirstEntry();
        }
        put(cluster, at, Readings.together(figures));
    }

    private static void put(Map<Figure, TimeSeries> series, Instant at, Map<Figure, Double> values) {
        values.forEach((figure, value) ->
                series.computeIfAbsent(figure, _ -> new TimeSeries()).add(at, value));
    }

    @Override
    public synchronized Optional<Instant> since() {
        return since;
    }

    @Override
    public synchronized Lines read(Figure figure, Instant from, Instant to, int most) {
        Map<String, Points> lines = new HashMap<>();
        nodes.forEach((name, series) -> {
            Points points = read(series, figure, from, to, most);
            if (!points.isEmpty()) {
                lines.put(name, points);
            }
        });
        return new Lines(read(cluster, figure, from, to, most), lines);
    }

    private static Points read(Map<Figure, TimeSeries> series, Figure figure, Instant from, Instant to, int most) {
        TimeSeries known = series.get(figure);
        return known == null ? Points.NONE : known.read(from, to, most);
    }
}
