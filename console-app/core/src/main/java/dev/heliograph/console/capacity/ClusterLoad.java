package dev.heliograph.console.capacity;

import dev.heliograph.capacity.DemandInput;
import dev.heliograph.console.overview.Figure;
import dev.heliograph.console.overview.OverviewState;
import dev.heliograph.console.overview.OverviewState.Standing;
import dev.heliograph.console.overview.OverviewState.Tile;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// The load that a cluster has now, as far as it can be seen.
///
/// @param at     when
/// @param nodes  that carry it
/// @param values what is known of it
public record ClusterLoad(Instant at, int nodes, Map<DemandInput, Double> values) {

    /// What a cluster can be asked for. Nobody counts how large publications are, or what is promised to
    /// clients.
    static final List<DemandInput> KNOWABLE = List.of(
            DemandInput.CONNECTIONS,
            DemandInput.CHANNELS,
            DemandInput.PUBLISH_RATE,
            DemandInput.FAN_OUT,
            DemandInput.CORES);

    public ClusterLoad {
        values = Map.copyOf(values);
    }

    /// @param channels of the cluster, if they could be counted
    static ClusterLoad of(OverviewState overview, Optional<Long> channels, Instant at) {
        List<Tile> nodes = overview.nodes().stream()
                .filter(tile -> tile.standing() != Standing.GONE)
                .toList();
        Map<DemandInput, Double> values = new EnumMap<>(DemandInput.class);
        double connections = overview.cluster().getOrDefault(Figure.CONNECTIONS, 0.0);
        put(values, DemandInput.CONNECTIONS, connections);
        channels.ifPresent(number -> put(values, DemandInput.CHANNELS, number));
        Optional<Double> published = Optional.ofNullable(overview.cluster().get(Figure.PUBLICATIONS));
        Optional<Double> delivered = Optional.ofNullable(overview.cluster().get(Figure.DELIVERIES));
        published.ifPresent(rate -> put(values, DemandInput.PUBLISH_RATE, rounded(rate)));
        published
                .filter(rate -> rate > 0)
                .flatMap(rate -> delivered.map(all -> all / rate))
                .ifPresent(each -> put(values, DemandInput.FAN_OUT, Math.min(rounded(each), connections)));
        OptionalInt cores =
                nodes.stream().mapToInt(tile -> tile.row().processors()).min();
        cores.ifPresent(number -> put(values, DemandInput.CORES, number));
        return new ClusterLoad(at, nodes.size(), values);
    }

    /// What no plan can be made with is left out: a cluster without clients has no load.
    private static void put(Map<DemandInput, Double> values, DemandInput input, double value) {
        if (value >= input.least() && value <= input.most()) {
            values.put(input, value);
        }
    }

    /// Three digits: no rate is known better.
    private static double rounded(double value) {
        if (value == 0) {
            return 0;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
        return unit >= 1
                ? Math.rint(value / unit) * unit
                : Math.rint(value * Math.rint(1 / unit)) / Math.rint(1 / unit);
    }

    /// A form with what is known in the place of what was written.
    PlanForm into(PlanForm form) {
        PlanForm next = form;
        for (DemandInput input : KNOWABLE) {
            Double value = values.get(input);
            next = value == null ? next : next.with(input, value);
        }
        return next;
    }

    /// What was taken and what is not known, for the operator.
    public String sentence() {
        String taken = KNOWABLE.stream()
                .filter(values::containsKey)
                .map(input -> PlanTexts.amount(input, values.getOrDefault(input, 0.0)))
                .collect(Collectors.joining(", "));
        String unknown = KNOWABLE.stream()
                .filter(input -> !values.containsKey(input))
                .map(input -> Messages.text("capacity.unknown." + input.key()))
                .collect(Collectors.joining(", "));
        String all = Messages.text(
                "capacity.taken",
                PlanTexts.relays(nodes),
                Times.clock(at),
                taken.isEmpty() ? Messages.text("capacity.taken.nothing") : taken);
        return unknown.isEmpty() ? all : all + " " + Messages.text("capacity.taken.unknown", unknown);
    }
}
