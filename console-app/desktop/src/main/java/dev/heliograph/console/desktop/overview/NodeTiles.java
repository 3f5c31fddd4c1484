package dev.heliograph.console.desktop.overview;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.overview.Figure;
import dev.heliograph.console.overview.OverviewState;
import dev.heliograph.console.overview.OverviewState.Tile;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The nodes, one tile each, in the order of their names; a click leads to the connections of a node. On JavaFX's
/// thread.
final class NodeTiles extends FlowPane {

    private static final double WIDTH = 252;

    private final Consumer<String> open;
    private final Clock clock;
    private final Map<String, NodeTile> tiles = new HashMap<>();

    /// @param open is given the name of a node
    NodeTiles(Consumer<String> open, Clock clock) {
        super(12, 12);
        this.open = open;
        this.clock = clock;
        setId("nodes");
    }

    void show(List<Tile> next) {
        Set<String> there = new HashSet<>();
        List<NodeTile> shown = next.stream()
                .map(tile -> {
                    String key = tile.name() + " " + tile.row().id();
                    there.add(key);
                    NodeTile node = tiles.computeIfAbsent(key, _ -> new NodeTile());
                    node.show(tile);
                    return node;
                })
                .toList();
        tiles.keySet().retainAll(there);
        // A tile that is taken out and put back would lose the keyboard.
        if (!getChildren().equals(shown)) {
            getChildren().setAll(shown);
        }
    }

    private final class NodeTile extends Button {

        private final Label name = new Label();
        private final StatusPill status = new StatusPill(status(OverviewState.Standing.UP));
        private final Label what = new Label();
        private final Label clients = new Label();
        private final Label load = new Label();
        private final ProgressBar cpu = new ProgressBar();
        private final Label cpuText = new Label();

        NodeTile() {
            getStyleClass().add("overview-node");
            setPrefWidth(WIDTH);
            setMinWidth(WIDTH);
            name.getStyleClass().add(Styles.TEXT_BOLD);
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            HBox head = new HBox(8, name, status);
            head.setAlignment(Pos.CENTER_LEFT);
            what.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
            cpu.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(cpu, Priority.ALWAYS);
            cpuText.setMinWidth(USE_PREF_SIZE);
            cpuText.getStyleClass().add(Styles.TEXT_SMALL);
            HBox processor = new HBox(8, cpu, cpuText);
            processor.setAlignment(Pos.CENTER_LEFT);
            VBox box = new VBox(6, head, what, clients, load, processor);
            box.setFillWidth(true);
            setGraphic(box);
            box.setPrefWidth(WIDTH - 24);
        }

        void show(Tile tile) {
            name.setText(tile.name());
            status.show(status(tile.standing()));
            Duration time = Duration.between(tile.since(), clock.instant());
            boolean gone = tile.standing() == OverviewState.Standing.GONE;
            what.setText(text(
                    gone ? "overview.node.gone" : "overview.node.up",
                    tile.row().version(),
                    tile.row().colour(),
                    Times.span(time)));
            String count = Formats.count(tile.row().clients(), "overview.node.client", "overview.node.clients");
            clients.setText(gone ? text("overview.node.clients.gone", count) : count);
            load.setText(
                    gone
                            ? text("overview.node.load.gone")
                            : text("overview.node.load", FigureTexts.value(tile.figures(), Figure.DELIVERIES)));
            int processors = Math.max(1, tile.row().processors());
            double used = gone ? 0 : tile.row().cpu() / 100 / processors;
            cpu.setProgress(Math.clamp(used, 0, 1));
            cpuText.setText(text("overview.node.cpu", gone ? Formats.NONE : Formats.percent(used)));
            setAccessibleText(String.join(
                    ", ", tile.name(), status.getText(), what.getText(), clients.getText(), load.getText()));
            setOnAction(_ -> open.accept(tile.row().name()));
        }

        private static Status status(OverviewState.Standing standing) {
            return switch (standing) {
                case UP -> Status.of(text("overview.standing.up"), Tone.GOOD);
                case DRAINING -> Status.of(text("overview.standing.draining"), Tone.WARNING);
                case GONE -> Status.of(text("overview.standing.gone"), Tone.BAD);
            };
        }
    }
}
