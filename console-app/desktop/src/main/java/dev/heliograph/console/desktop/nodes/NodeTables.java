package dev.heliograph.console.desktop.nodes;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.nodes.ColourView;
import dev.heliograph.console.nodes.Counters;
import dev.heliograph.console.nodes.NodeView;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.kordamp.ikonli.feather.Feather;

/// The tables of the page: the nodes, and the colours to be compared.
final class NodeTables {

    private NodeTables() {}

    static LiveTable<String, NodeView> nodes(Clock clock) {
        LiveTable<String, NodeView> table = new LiveTable<>(
                text("nodes.table"),
                NodeView::name,
                List.of(
                        LiveColumn.text("name", text("nodes.column.name"), NodeView::name)
                                .width(130)
                                .growing(),
                        LiveColumn.status("state", text("nodes.column.state"), NodeTables::status)
                                .width(116),
                        LiveColumn.<NodeView>text(
                                        "colour",
                                        text("nodes.column.colour"),
                                        node -> colour(node.row().colour()))
                                .width(80),
                        LiveColumn.<NodeView>text(
                                        "version",
                                        text("nodes.column.version"),
                                        node -> node.row().version())
                                .width(96),
                        NodeTables.<NodeView>measure(
                                "connections",
                                106,
                                node -> Formats.count(node.row().clients())),
                        NodeTables.<NodeView>measure("share", 70, node -> Formats.percent(node.share())),
                        NodeTables.<NodeView>measure("load", 70, node -> Formats.percent(node.load())),
                        NodeTables.<NodeView>measure("handshakes", 106, rate(NodeView::rates, Counters::accepted)),
                        NodeTables.<NodeView>measure("refused", 84, rate(NodeView::rates, Counters::refused))
                                .hidden(),
                        NodeTables.<NodeView>measure("delivered", 100, rate(NodeView::rates, Counters::delivered)),
                        NodeTables.<NodeView>measure("errors", 76, rate(NodeView::rates, Counters::errors)),
                        NodeTables.<NodeView>measure("rejected", 90, rate(NodeView::rates, Counters::rejected))
                                .hidden(),
                        NodeTables.<NodeView>measure("p50", 80, node -> delay(node.delay(true)))
                                .hidden(),
                        NodeTables.<NodeView>measure("p99", 80, node -> delay(node.delay(false))),
                        NodeTables.<NodeView>measure(
                                        "memory",
                                        90,
                                        node -> Formats.bytes(
                                                (double) node.row().rss()))
                                .hidden(),
                        NodeTables.<NodeView>measure(
                                "up",
                                90,
                                node -> Times.span(Duration.between(
                                        Instant.ofEpochMilli(node.row().started()), clock.instant())))));
        table.setId("nodes");
        table.emptyState((ViewState.Empty) ViewState.empty(text("nodes.empty.title"), text("nodes.empty.hint")));
        return table;
    }

    static LiveTable<String, ColourView> colours() {
        LiveTable<String, ColourView> table = new LiveTable<>(
                text("nodes.colours"),
                ColourView::colour,
                List.of(
                        LiveColumn.<ColourView>text(
                                        "colour", text("nodes.column.colour"), each -> colour(each.colour()))
                                .width(76)
                                .growing(),
                        LiveColumn.<ColourView>text(
                                        "versions",
                                        text("nodes.column.version"),
                                        each -> String.join(", ", each.versions()))
                                .width(96),
                        NodeTables.<ColourView>measure("nodes", 62, each -> String.valueOf(each.nodes())),
                        NodeTables.<ColourView>measure("connections", 106, each -> Formats.count(each.connections())),
                        NodeTables.<ColourView>measure("share", 70, each -> Formats.percent(each.share())),
                        NodeTables.<ColourView>measure("load", 70, each -> Formats.percent(each.load()))
                                .hidden(),
                        NodeTables.<ColourView>measure("delivered", 100, rate(ColourView::rates, Counters::delivered))
                                .hidden(),
                        NodeTables.<ColourView>measure("errors", 76, rate(ColourView::rates, Counters::errors)),
                        NodeTables.<ColourView>measure("refused", 84, rate(ColourView::rates, Counters::refused)),
                        NodeTables.<ColourView>measure("p50", 80, each -> delay(each.median())),
                        NodeTables.<ColourView>measure("p99", 80, each -> delay(each.worst()))));
        table.setId("colours");
        table.emptyState(
                (ViewState.Empty) ViewState.empty(text("nodes.colours.empty"), text("nodes.colours.empty.hint")));
        return table;
    }

    private static <V> LiveColumn<V, String> measure(String id, double width, Function<V, String> value) {
        return LiveColumn.<V, String>measure(id, text("nodes.column." + id), value, words -> words)
                .width(width);
    }

    private static <V> Function<V, String> rate(
            Function<V, Optional<Counters>> rates, ToDoubleFunction<Counters> which) {
        return row -> rates.apply(row)
                .map(counters -> Formats.rate(which.applyAsDouble(counters)))
                .orElse(Formats.NONE);
    }

    private static String delay(Optional<Double> millis) {
        return millis.map(Formats::millis).orElse(Formats.NONE);
    }

    private static String colour(String colour) {
        return colour.isEmpty() ? Formats.NONE : colour;
    }

    static Status status(NodeView node) {
        return switch (node.health()) {
            case SERVING -> Status.of(text("nodes.health.serving"), Tone.GOOD);
            case BUSY -> Status.of(text("nodes.health.busy"), Tone.WARNING);
            case DRAINING -> new Status(text("nodes.health.draining"), Tone.INFO, Feather.LOG_OUT);
            case DRAINED -> new Status(text("nodes.health.drained"), Tone.NEUTRAL, Feather.SLASH);
            case MISSING -> Status.of(text("nodes.health.missing"), Tone.BAD);
        };
    }
}
