package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.OperationRow;
import dev.heliograph.console.wire.OperationState;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// How far operations are that end connections, with a button to stop each. On JavaFX's thread.
final class OperationsStrip extends VBox {

    /// More would leave no room for the connections.
    private static final int MOST = 3;

    private final Consumer<OperationRow> stop;
    private final Set<String> dismissed = new HashSet<>();
    private List<OperationRow> shown = List.of();

    OperationsStrip(Consumer<OperationRow> stop) {
        this.stop = stop;
        setId("operations");
        setSpacing(8);
        show(List.of());
    }

    void show(List<OperationRow> rows) {
        shown = rows;
        getChildren().clear();
        rows.stream()
                .filter(row -> !dismissed.contains(row.operation()))
                .limit(MOST)
                .forEach(row -> getChildren().add(line(row)));
        setVisible(!getChildren().isEmpty());
        setManaged(!getChildren().isEmpty());
    }

    private HBox line(OperationRow row) {
        boolean running = row.state() == OperationState.RUNNING;
        double done = row.selected() == 0 ? 1 : (double) (row.told() + row.gone()) / row.selected();
        ProgressBar bar = new ProgressBar(done);
        bar.setPrefWidth(160);
        bar.setMinWidth(160);
        Label words = new Label(sentence(row, running));
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        bar.setAccessibleText(words.getText());
        HBox line = new HBox(12, bar, words);
        if (running) {
            Button button = new Button(text("connections.operation.stop"), new FontIcon(Feather.SQUARE));
            button.setId("operation-stop");
            button.setMinWidth(USE_PREF_SIZE);
            button.setOnAction(_ -> stop.accept(row));
            line.getChildren().add(button);
        } else {
            Button button = new Button("", new FontIcon(Feather.X));
            button.setId("operation-dismiss");
            button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
            button.setAccessibleText(text("connections.operation.dismiss"));
            button.setOnAction(_ -> {
                dismissed.add(row.operation());
                show(shown);
            });
            line.getChildren().add(button);
        }
        line.setAlignment(Pos.CENTER_LEFT);
        line.setPadding(new Insets(4, 8, 4, 8));
        line.getStyleClass().add("connections-operation");
        return line;
    }

    private static String sentence(OperationRow row, boolean running) {
        String told = Formats.count(row.told());
        String all = Formats.count(row.selected());
        String words = running
                ? text(
                        "connections.operation.running",
                        told,
                        all,
                        Times.span(Duration.ofMillis(row.leftMs())),
                        row.by())
                : text(
                        "connections.operation." + row.state().name().toLowerCase(java.util.Locale.ROOT),
                        told,
                        all,
                        row.by());
        return row.failures().isEmpty()
                ? words
                : words + " " + text("connections.operation.failures", String.join("; ", row.failures()));
    }
}
