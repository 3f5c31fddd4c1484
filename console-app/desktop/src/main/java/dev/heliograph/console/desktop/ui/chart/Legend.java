package dev.heliograph.console.desktop.ui.chart;

import static dev.heliograph.console.text.Messages.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.shape.Line;

/// The words, colours and dashes of a chart's lines, with the newest values or those at the cursor.
final class Legend extends FlowPane {

    private static final double SAMPLE = 26;

    private final ChartUnit unit;
    private final Label time = new Label();
    private final List<Entry> entries = new ArrayList<>();
    private ChartData data = ChartData.NONE;

    Legend(ChartUnit unit) {
        super(16, 2);
        this.unit = unit;
        getStyleClass().add("chart-legend");
        time.getStyleClass().add("chart-time");
        time.setMinWidth(USE_PREF_SIZE);
    }

    /// @param numbers of the series, for colour and dashes
    void show(ChartData next, List<Integer> numbers, Optional<Instant> cursor) {
        data = next;
        while (entries.size() < next.series().size()) {
            entries.add(new Entry());
        }
        while (entries.size() > next.series().size()) {
            entries.removeLast();
        }
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).show(next.series().get(i).name(), numbers.get(i));
        }
        if (getChildren().size() != entries.size() + 1) {
            getChildren().setAll(entries);
            getChildren().add(time);
        }
        read(cursor);
    }

    void read(Optional<Instant> cursor) {
        time.setText(cursor.map(at -> text("controls.chart.at", TimeTicks.second(at)))
                .orElse(""));
        for (int i = 0; i < entries.size(); i++) {
            var points = data.series().get(i).points();
            entries.get(i)
                    .value(unit.format(cursor.map(at -> Readings.at(points, at))
                            .orElseGet(points::last)
                            .orElse(Double.NaN)));
        }
    }

    private static final class Entry extends HBox {

        private final Line sample = new Line(0, 0, SAMPLE, 0);
        private final Label name = new Label();
        private final Label value = new Label();

        Entry() {
            super(6);
            setAlignment(Pos.CENTER_LEFT);
            getStyleClass().add("chart-entry");
            sample.getStyleClass().add("chart-sample");
            value.getStyleClass().add("chart-value");
            name.setMinWidth(USE_PREF_SIZE);
            value.setMinWidth(USE_PREF_SIZE);
            getChildren().addAll(sample, name, value);
        }

        void show(String word, int number) {
            name.setText(word);
            sample.getStrokeDashArray().clear();
            for (double dash : Dashes.of(number)) {
                sample.getStrokeDashArray().add(dash);
            }
            sample.getStyleClass().setAll("chart-sample", "chart-line-" + Math.floorMod(number, Ink.LINES));
        }

        void value(String read) {
            value.setText(read);
        }
    }
}
