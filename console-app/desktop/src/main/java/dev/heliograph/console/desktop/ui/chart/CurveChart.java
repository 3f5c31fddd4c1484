package dev.heliograph.console.desktop.ui.chart;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Controls;
import dev.heliograph.console.desktop.ui.Fx;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;

/// A figure over a number that could be another one, with a mark where one is now and one where something
/// is to come. Across, equal distances are equal ratios.
///
/// The cursor goes from point to point: with the pointer, or with the left and right arrow keys, Home and
/// End; Escape takes it away. What it reads is for whoever listens to say. On JavaFX's thread.
public final class CurveChart extends StackPane {

    private final CurvePlot plot;
    private final Label empty = new Label(text("controls.chart.empty"));
    private CurveData data = CurveData.NONE;
    private OptionalInt cursor = OptionalInt.empty();
    private Consumer<? super OptionalInt> listener = _ -> {};

    public CurveChart(ChartUnit unit) {
        Fx.checkThread();
        plot = new CurvePlot(unit);
        getStyleClass().add("figure-chart");
        empty.getStyleClass().add("chart-empty");
        getChildren().addAll(plot, empty);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        plot.addEventHandler(MouseEvent.MOUSE_MOVED, event -> move(plot.indexAt(event.getX())));
        plot.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> leave());
        plot.addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> requestFocus());
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        show("", data);
    }

    /// @param title what the figure is, for those who cannot see the chart
    public void show(String title, CurveData next) {
        Fx.checkThread();
        data = next;
        plot.show(next);
        empty.setVisible(next.isEmpty());
        setAccessibleText(Stream.concat(next.now().stream(), next.next().stream())
                .map(CurveData.Mark::label)
                .collect(Collectors.joining("; ", title + ": ", "")));
        leave();
    }

    /// Hears which of the points the cursor is at.
    public void onCursor(Consumer<? super OptionalInt> next) {
        listener = next;
    }

    private void press(KeyEvent event) {
        int last = data.points().size() - 1;
        boolean known = switch (event.getCode()) {
            case LEFT -> move(cursor.orElseGet(this::present) - 1);
            case RIGHT -> move(cursor.orElseGet(this::present) + 1);
            case HOME -> move(0);
            case END -> move(last);
            case ESCAPE -> cursor.isPresent() && leave();
            default -> false;
        };
        if (known) {
            event.consume();
        }
    }

    private int present() {
        return data.now().map(mark -> plot.indexAt(plot.xOf(mark.at().x()))).orElse(0);
    }

    private boolean move(int index) {
        if (data.isEmpty()) {
            return false;
        }
        return set(OptionalInt.of(Math.clamp(index, 0, data.points().size() - 1)));
    }

    private boolean leave() {
        return set(OptionalInt.empty());
    }

    private boolean set(OptionalInt next) {
        cursor = next;
        plot.cursor(next.isPresent() ? Optional.of(data.points().get(next.getAsInt())) : Optional.empty());
        listener.accept(next);
        return true;
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
