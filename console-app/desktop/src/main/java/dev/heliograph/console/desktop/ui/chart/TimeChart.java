package dev.heliograph.console.desktop.ui.chart;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Controls;
import dev.heliograph.console.desktop.ui.Fx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Figures over time: lines with a legend, flags for what happened, and a cursor that reads values.
///
/// - Each line is told by colour, dashes and its word in the legend, which also has its newest value or that at the
///   cursor. A line keeps its colour as long as its name is there.
/// - The cursor follows the pointer, or the left and right arrow keys, Home and End; Escape takes it away. Charts of
/// the
///   same times can share it: see [#onCursor].
/// - A flag tells its story in a tooltip; the accessible text has the newest values and all flags.
///
/// Is drawn at most once for each frame, in about a millisecond. On JavaFX's thread.
public final class TimeChart extends VBox {

    private final String title;
    private final ChartUnit unit;
    private final Plot plot;
    private final Legend legend;
    private final Label empty = new Label(text("controls.chart.empty"));
    private final Tooltip story = new Tooltip();
    private final Map<String, Integer> numbers = new HashMap<>();
    private ChartData data = ChartData.NONE;
    private Optional<Instant> cursor = Optional.empty();
    private Consumer<? super Optional<Instant>> cursorListener = _ -> {};

    /// @param title what the figures are, for those who cannot see the chart
    public TimeChart(String title, ChartUnit unit) {
        Fx.checkThread();
        this.title = title;
        this.unit = unit;
        plot = new Plot(unit);
        legend = new Legend(unit);
        getStyleClass().add("figure-chart");
        empty.getStyleClass().add("chart-empty");
        StackPane middle = new StackPane(plot, empty);
        setVgrow(middle, Priority.ALWAYS);
        getChildren().addAll(middle, legend);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        story.getStyleClass().add("chart-story");
        plot.addEventHandler(MouseEvent.MOUSE_MOVED, this::point);
        plot.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> {
            story.hide();
            moveCursor(Optional.empty());
        });
        plot.addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> requestFocus());
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        show(data);
    }

    public void show(ChartData next) {
        Fx.checkThread();
        data = next;
        List<Integer> order = number();
        plot.show(data, order);
        empty.setVisible(data.isEmpty());
        legend.show(data, order, cursor);
        setAccessibleText(describe());
    }

    /// Hears where the cursor is that the operator moves, so that other charts can show the same time.
    public void onCursor(Consumer<? super Optional<Instant>> listener) {
        cursorListener = listener;
    }

    /// Puts the cursor to a time, without telling.
    public void cursor(Optional<Instant> at) {
        cursor = at.filter(time -> !time.isBefore(data.from()) && !time.isAfter(data.to()));
        plot.cursor(cursor);
        legend.read(cursor);
    }

    public Optional<Instant> cursor() {
        return cursor;
    }

    /// The number of each series: that which its name had before, else the least that is free.
    private List<Integer> number() {
        numbers.keySet().retainAll(data.series().stream().map(ChartSeries::name).collect(Collectors.toSet()));
        List<Integer> order = new ArrayList<>();
        for (ChartSeries series : data.series()) {
            int free = 0;
            while (numbers.containsValue(free)) {
                free++;
            }
            int number = free;
            order.add(numbers.computeIfAbsent(series.name(), _ -> number));
        }
        return order;
    }

    private String describe() {
        String values = data.series().stream()
                .map(series ->
                        series.name() + " " + unit.format(series.points().last().orElse(Double.NaN)))
                .collect(Collectors.joining(", "));
        String marks = data.marks().stream().map(TimeChart::line).collect(Collectors.joining("; "));
        return data.isEmpty()
                ? title + ": " + text("controls.chart.empty")
                : title + ": " + values + (marks.isEmpty() ? "" : "; " + marks);
    }

    private static String line(ChartMark mark) {
        return TimeTicks.second(mark.at()) + " " + text(mark.kind().key()) + ": " + mark.title();
    }

    private void point(MouseEvent event) {
        moveCursor(Optional.of(plot.timeAt(event.getX())));
        plot.flagAt(event.getX(), event.getY()).ifPresentOrElse(this::tell, story::hide);
    }

    private void tell(Plot.Flag flag) {
        story.setText(flag.marks().stream()
                .map(mark -> line(mark) + (mark.detail().isBlank() ? "" : "\n    " + mark.detail()))
                .collect(Collectors.joining("\n")));
        Point2D place = plot.localToScreen(flag.x() + 8, 22);
        if (place != null && !story.isShowing()) {
            story.show(plot, place.getX(), place.getY());
        }
    }

    private void press(KeyEvent event) {
        Duration step = data.series().stream()
                .map(series -> series.points().step())
                .min(Duration::compareTo)
                .orElse(Duration.ofSeconds(1));
        boolean known = switch (event.getCode()) {
            case LEFT -> moveTo(cursor.orElse(data.to()).minus(step));
            case RIGHT -> moveTo(cursor.orElse(data.from()).plus(step));
            case HOME -> moveTo(data.from());
            case END -> moveTo(data.to());
            case ESCAPE -> cursor.isPresent() && moveCursor(Optional.empty());
            default -> false;
        };
        if (known) {
            event.consume();
        }
    }

    private boolean moveTo(Instant at) {
        Instant held = at.isBefore(data.from()) ? data.from() : at.isAfter(data.to()) ? data.to() : at;
        return moveCursor(Optional.of(held));
    }

    private boolean moveCursor(Optional<Instant> at) {
        cursor(at);
        cursorListener.accept(cursor);
        return true;
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
