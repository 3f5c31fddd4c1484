package dev.heliograph.console.overview;

import dev.heliograph.console.overview.OverviewState.Standing;
import dev.heliograph.console.overview.OverviewState.Tile;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.NodeRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Follows which nodes there are: names them, remembers those that went for a while, and notes what is to be marked.
/// Not threadsafe.
final class NodeWatch {

    /// A node that went is shown for so long.
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private record Gone(NodeRow row, Instant at) {}

    /// By id, as they were told last.
    private final Map<String, NodeRow> there = new HashMap<>();

    private final Map<String, Gone> gone = new HashMap<>();

    /// By name: the last version and colour that it had.
    private final Map<String, NodeRow> lastOf = new HashMap<>();

    /// The nodes of now; those that have names in common get the beginning of their ids behind them.
    static Map<String, NodeRow> named(List<NodeRow> rows) {
        Map<String, Long> times = rows.stream().collect(Collectors.groupingBy(NodeRow::name, Collectors.counting()));
        Map<String, NodeRow> named = new HashMap<>();
        for (NodeRow row : rows) {
            boolean alone = times.getOrDefault(row.name(), 0L) == 1;
            named.put(alone ? row.name() : row.name() + " " + beginning(row.id()), row);
        }
        return named;
    }

    private static String beginning(String id) {
        return id.substring(0, Math.min(4, id.length()));
    }

    /// @return what is to be marked
    List<Mark> hear(List<NodeRow> rows, Instant at) {
        List<Mark> marks = new ArrayList<>();
        Map<String, NodeRow> now = new HashMap<>();
        rows.forEach(row -> now.put(row.id(), row));
        // Of several that are new the one that started first is what the others are measured by.
        for (NodeRow row :
                rows.stream().sorted(Comparator.comparingLong(NodeRow::started)).toList()) {
            NodeRow before = there.get(row.id());
            if (before == null) {
                Instant started = Instant.ofEpochMilli(row.started());
                marks.add(
                        isOfAKind(row)
                                ? mark("start:" + row.id(), started, Mark.Kind.NODE, "started", row)
                                : mark("start:" + row.id(), started, Mark.Kind.DEPLOY, "appeared", row));
            } else if (before.draining() != row.draining()) {
                String what = row.draining() ? "drains" : "resumed";
                marks.add(mark(what + ":" + row.id() + ":" + at.toEpochMilli(), at, Mark.Kind.DEPLOY, what, row));
            }
            changed(row, at).ifPresent(marks::add);
            lastOf.put(row.name(), row);
            gone.remove(row.id());
        }
        there.forEach((id, row) -> {
            if (!now.containsKey(id)) {
                gone.put(id, new Gone(row, at));
                marks.add(mark("gone:" + id + ":" + at.toEpochMilli(), at, Mark.Kind.NODE, "gone", row));
            }
        });
        there.clear();
        there.putAll(now);
        // One that is back under its name is not missed any more.
        gone.values()
                .removeIf(each -> Duration.between(each.at, at).compareTo(REMEMBERED) > 0
                        || rows.stream().anyMatch(row -> row.name().equals(each.row.name())));
        return marks;
    }

    /// Whether another node had its version and colour; the very first one counts as such. One whose name is known is
    /// compared with what it was itself.
    private boolean isOfAKind(NodeRow row) {
        return lastOf.isEmpty()
                || lastOf.containsKey(row.name())
                || lastOf.values().stream()
                        .anyMatch(other -> other.version().equals(row.version())
                                && other.colour().equals(row.colour()));
    }

    private Optional<Mark> changed(NodeRow row, Instant at) {
        NodeRow before = lastOf.get(row.name());
        if (before == null
                || (before.version().equals(row.version()) && before.colour().equals(row.colour()))) {
            return Optional.empty();
        }
        String title = before.version().equals(row.version())
                ? Messages.text("overview.mark.colour", row.name(), before.colour(), row.colour())
                : Messages.text("overview.mark.version", row.name(), before.version(), row.version());
        return Optional.of(
                new Mark("deploy:" + row.id() + ":" + at.toEpochMilli(), at, Mark.Kind.DEPLOY, title, detail(row)));
    }

    private static Mark mark(String id, Instant at, Mark.Kind kind, String what, NodeRow row) {
        return new Mark(
                id,
                at,
                kind,
                Messages.text("overview.mark." + what, row.name(), row.version(), row.colour()),
                detail(row));
    }

    private static String detail(NodeRow row) {
        return Messages.text("overview.mark.detail", row.address(), row.version(), row.colour());
    }

    /// All nodes, by name; those that went a while ago included.
    List<Tile> tiles(Map<String, NodeRow> named, Map<String, Map<Figure, Double>> figures) {
        List<Tile> tiles = new ArrayList<>();
        named.forEach((name, row) -> tiles.add(new Tile(
                name,
                row,
                figures.getOrDefault(name, Map.of()),
                row.draining() ? Standing.DRAINING : Standing.UP,
                Instant.ofEpochMilli(row.started()))));
        gone.values().forEach(each -> tiles.add(new Tile(each.row.name(), each.row, Map.of(), Standing.GONE, each.at)));
        tiles.sort(Comparator.comparing(Tile::name)
                .thenComparing(tile -> tile.row().id()));
        return tiles;
    }
}
