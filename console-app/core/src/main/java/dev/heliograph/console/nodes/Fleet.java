package dev.heliograph.console.nodes;

import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.DrainState;
import dev.heliograph.console.wire.NodeRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Remembers what was heard of the nodes, and makes of it what the page shows. Not threadsafe.
final class Fleet {

    /// Rates are those of so long: two heartbeats of a node, at least.
    private static final Duration WINDOW = Duration.ofSeconds(15);

    /// Who is away for longer than that was taken away on purpose.
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /// As that from which on drains are slowed down.
    private static final double BUSY = 0.75;

    /// As that of the alert on imbalance.
    private static final double IMBALANCE = 1.5;

    /// Below it an imbalance is chance.
    private static final int MANY = 100;

    private record Reading(Instant at, NodeRow row) {}

    private final Map<String, Deque<Reading>> readings = new HashMap<>();
    private final Map<String, Reading> last = new TreeMap<>();
    private Map<String, DrainRow> drains = Map.of();
    private List<String> silent = List.of();
    private Instant heard = Instant.EPOCH;

    void nodes(List<NodeRow> rows, Instant at) {
        for (NodeRow row : rows) {
            Deque<Reading> ring = readings.computeIfAbsent(row.id(), _ -> new ArrayDeque<>());
            if (!ring.isEmpty() && ring.getLast().row().equals(row)) {
                // Between two heartbeats nothing is new; the counters are still of then.
                continue;
            }
            ring.addLast(new Reading(at, row));
            while (ring.size() > 2 && ring.getFirst().at().isBefore(at.minus(WINDOW))) {
                ring.removeFirst();
            }
        }
        rows.forEach(row -> last.put(row.name(), new Reading(at, row)));
        last.values().removeIf(reading -> reading.at().isBefore(at.minus(REMEMBERED)));
        readings.keySet()
                .retainAll(last.values().stream()
                        .map(reading -> reading.row().id())
                        .collect(Collectors.toSet()));
        heard = at;
    }

    void drains(List<DrainRow> rows, List<String> missing) {
        drains = rows.stream().collect(Collectors.toMap(DrainRow::nodeId, row -> row, (_, later) -> later));
        silent = List.copyOf(missing);
    }

    NodesState picture() {
        long total =
                there().stream().mapToLong(reading -> reading.row().clients()).sum();
        List<NodeView> nodes = new ArrayList<>();
        for (Reading reading : last.values()) {
            boolean missing = reading.at().isBefore(heard);
            Optional<DrainRow> drain = missing
                    ? Optional.empty()
                    : Optional.ofNullable(drains.get(reading.row().id()));
            nodes.add(new NodeView(
                    reading.row(),
                    reading.at(),
                    health(reading.row(), missing),
                    drain,
                    missing || total == 0 ? 0 : (double) reading.row().clients() / total,
                    missing ? Optional.empty() : rates(reading.row())));
        }
        return new NodesState(true, nodes, colours(nodes, total), warnings(nodes), total, heard, Optional.empty());
    }

    private Collection<Reading> there() {
        return last.values().stream()
                .filter(reading -> !reading.at().isBefore(heard))
                .toList();
    }

    private static NodeView.Health health(NodeRow row, boolean missing) {
        if (missing) {
            return NodeView.Health.MISSING;
        }
        if (row.draining()) {
            return row.clients() == 0 ? NodeView.Health.DRAINED : NodeView.Health.DRAINING;
        }
        return row.cpu() / 100 / Math.max(1, row.processors()) > BUSY ? NodeView.Health.BUSY : NodeView.Health.SERVING;
    }

    private Optional<Counters> rates(NodeRow row) {
        Deque<Reading> ring = readings.getOrDefault(row.id(), new ArrayDeque<>());
        if (ring.size() < 2) {
            return Optional.empty();
        }
        Reading first = ring.getFirst();
        Reading latest = ring.getLast();
        double seconds = Duration.between(first.at(), latest.at()).toMillis() / 1_000.0;
        return seconds <= 0
                ? Optional.empty()
                : Optional.of(Counters.of(latest.row()).since(Counters.of(first.row()), seconds));
    }

    private static List<ColourView> colours(List<NodeView> nodes, long total) {
        Map<String, List<NodeView>> byColour = nodes.stream()
                .filter(node -> node.health() != NodeView.Health.MISSING)
                .collect(Collectors.groupingBy(node -> node.row().colour(), TreeMap::new, Collectors.toList()));
        List<ColourView> colours = new ArrayList<>();
        byColour.forEach((colour, members) -> {
            long connections =
                    members.stream().mapToLong(node -> node.row().clients()).sum();
            boolean known = members.stream().allMatch(node -> node.rates().isPresent());
            colours.add(new ColourView(
                    colour,
                    members.size(),
                    versions(members),
                    connections,
                    total == 0 ? 0 : (double) connections / total,
                    members.stream().mapToDouble(NodeView::load).average().orElse(0),
                    known
                            ? Optional.of(members.stream()
                                    .map(node -> node.rates().orElse(Counters.NONE))
                                    .reduce(Counters.NONE, Counters::plus))
                            : Optional.empty(),
                    slowest(members, true),
                    slowest(members, false)));
        });
        return colours;
    }

    /// Percentiles of several nodes have no sum; who compares colours looks at the worst.
    private static Optional<Double> slowest(List<NodeView> members, boolean median) {
        return members.stream().flatMap(node -> node.delay(median).stream()).max(Comparator.naturalOrder());
    }

    private static List<String> versions(Collection<NodeView> nodes) {
        return List.copyOf(
                nodes.stream().map(node -> node.row().version()).collect(Collectors.toCollection(TreeSet::new)));
    }

    private List<Warning> warnings(List<NodeView> nodes) {
        List<Warning> warnings = new ArrayList<>();
        List<NodeView> there = nodes.stream()
                .filter(node -> node.health() != NodeView.Health.MISSING)
                .toList();
        for (NodeView node : nodes) {
            switch (node.health()) {
                case MISSING ->
                    warn(
                            warnings,
                            Warning.Kind.MISSING,
                            node.name(),
                            Times.span(Duration.between(node.lastSeen(), heard)));
                case BUSY ->
                    warn(
                            warnings,
                            Warning.Kind.BUSY,
                            node.name(),
                            String.format(Locale.ROOT, "%.0f %%", 100 * node.load()));
                case DRAINED -> {
                    if (node.drain()
                            .filter(drain -> drain.state() == DrainState.DONE)
                            .isPresent()) {
                        warn(warnings, Warning.Kind.DRAINED, node.name());
                    }
                }
                case SERVING, DRAINING -> {}
            }
        }
        silent.forEach(name -> warn(warnings, Warning.Kind.SILENT, name));
        if (!there.isEmpty() && there.stream().allMatch(node -> node.row().draining())) {
            warn(warnings, Warning.Kind.NOBODY_TAKES);
        }
        List<String> versions = versions(there);
        if (versions.size() > 1) {
            warn(warnings, Warning.Kind.VERSIONS, String.join(", ", versions));
        }
        List<String> colours = there.stream()
                .filter(node -> node.row().clients() > 0)
                .map(node -> node.row().colour())
                .distinct()
                .sorted()
                .toList();
        if (colours.size() > 1) {
            warn(warnings, Warning.Kind.COLOURS, String.join(", ", colours));
        }
        imbalance(there)
                .ifPresent(node -> warn(
                        warnings,
                        Warning.Kind.IMBALANCE,
                        node.name(),
                        DrainTexts.number(node.row().clients())));
        warnings.sort(Comparator.comparing(Warning::kind));
        return warnings;
    }

    private static Optional<NodeView> imbalance(List<NodeView> there) {
        List<NodeView> taking =
                there.stream().filter(node -> !node.row().draining()).toList();
        double mean = taking.stream()
                .mapToLong(node -> node.row().clients())
                .average()
                .orElse(0);
        return mean * taking.size() < MANY
                ? Optional.empty()
                : taking.stream()
                        .max(Comparator.comparingInt(node -> node.row().clients()))
                        .filter(node -> node.row().clients() > IMBALANCE * mean);
    }

    private static void warn(List<Warning> warnings, Warning.Kind kind, Object... arguments) {
        String key = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        warnings.add(new Warning(kind, Messages.text("nodes.warning." + key, arguments)));
    }
}
