package dev.heliograph.console.desktop.overview;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.chart.ChartData;
import dev.heliograph.console.desktop.ui.chart.ChartMark;
import dev.heliograph.console.desktop.ui.chart.ChartSeries;
import dev.heliograph.console.desktop.ui.chart.TimeChart;
import dev.heliograph.console.overview.Chart;
import dev.heliograph.console.overview.Charts;
import dev.heliograph.console.overview.Charts.Line;
import dev.heliograph.console.overview.Mark;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The charts, two beside each other; they share the cursor. On JavaFX's thread.
final class ChartGrid extends GridPane {

    private static final int COLUMNS = 2;

    private static final double HEIGHT = 190;

    /// More lines could not be told apart.
    private static final int MOST_LINES = 8;

    private final Map<Chart, TimeChart> charts = new EnumMap<>(Chart.class);
    private final Map<Chart, Label> titles = new EnumMap<>(Chart.class);

    ChartGrid() {
        super(12, 12);
        setId("charts");
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            column.setHgrow(Priority.ALWAYS);
            getColumnConstraints().add(column);
        }
        for (Chart kind : Chart.values()) {
            TimeChart chart = new TimeChart(FigureTexts.title(kind), FigureTexts.unit(kind.unit()));
            chart.setId("chart-" + kind.word());
            chart.setPrefHeight(HEIGHT);
            chart.onCursor(at -> charts.values().forEach(each -> {
                if (each != chart) {
                    each.cursor(at);
                }
            }));
            Label title = new Label(FigureTexts.title(kind));
            title.getStyleClass().add(Styles.TEXT_BOLD);
            VBox card = new VBox(4, title, chart);
            card.getStyleClass().add("overview-card");
            charts.put(kind, chart);
            titles.put(kind, title);
            int place = getChildren().size();
            add(card, place % COLUMNS, place / COLUMNS);
        }
    }

    void show(Charts next) {
        List<ChartMark> marks = next.marks().stream().map(ChartGrid::mark).toList();
        titles.forEach((kind, title) ->
                title.setText(next.byNode() ? FigureTexts.titleByNode(kind) : FigureTexts.title(kind, next.source())));
        charts.forEach((kind, chart) -> {
            List<Line> lines = next.lines().getOrDefault(kind, List.of());
            List<ChartSeries> series = largest(lines).stream()
                    .map(line -> series(line, lines.size()))
                    .toList();
            chart.show(new ChartData(next.from(), next.to(), series, marks));
        });
    }

    /// Those with the greatest values, in the order that they have.
    private static List<Line> largest(List<Line> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        Set<Line> kept = lines.stream()
                .sorted(Comparator.comparingDouble(line -> -line.points().max().orElse(0.0)))
                .limit(MOST_LINES)
                .collect(Collectors.toSet());
        return lines.stream().filter(kept::contains).toList();
    }

    private static ChartSeries series(Line line, int lines) {
        String name = line.name().isEmpty() ? FigureTexts.name(line.figure()) : line.name();
        return lines == 1 ? ChartSeries.area(name, line.points()) : ChartSeries.line(name, line.points());
    }

    private static ChartMark mark(Mark mark) {
        ChartMark.Kind kind = switch (mark.kind()) {
            case ACTION -> ChartMark.Kind.ACTION;
            case ALERT -> ChartMark.Kind.ALERT;
            case DEPLOY -> ChartMark.Kind.DEPLOY;
            case NODE -> ChartMark.Kind.NODE;
        };
        return new ChartMark(mark.at(), kind, mark.title(), mark.detail());
    }

    /// What the letters on the flags mean.
    static String legend() {
        return text("overview.marks");
    }
}
