package dev.heliograph.console.desktop.overview;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.chart.ChartUnit;
import dev.heliograph.console.overview.Chart;
import dev.heliograph.console.overview.Charts;
import dev.heliograph.console.overview.Figure;
import dev.heliograph.console.text.Formats;
import java.util.Locale;
import java.util.Map;

/// How figures read.
final class FigureTexts {

    private FigureTexts() {}

    static String name(Figure figure) {
        return text("overview.figure." + figure.name().toLowerCase(Locale.ROOT));
    }

    static String title(Chart chart) {
        return text("overview.chart." + chart.word());
    }

    /// Of the cluster. Percentiles of nodes cannot be added up, but what Prometheus has of their histograms can.
    static String title(Chart chart, Charts.Source source) {
        return chart == Chart.LATENCY && source == Charts.Source.PROMETHEUS
                ? text("overview.chart.latency.prometheus")
                : title(chart);
    }

    /// Where there is a line for each node: then it shows one figure.
    static String titleByNode(Chart chart) {
        return text("overview.chart." + chart.word() + ".nodes");
    }

    /// Where it stands alone.
    static String fullName(Figure figure) {
        return figure == Figure.LATENCY_P99 ? text("overview.figure.latency") : name(figure);
    }

    static ChartUnit unit(Figure.Unit unit) {
        return switch (unit) {
            case COUNT -> ChartUnit.COUNT;
            case PER_SECOND -> ChartUnit.PER_SECOND;
            case BYTES_PER_SECOND -> ChartUnit.BYTES_PER_SECOND;
            case PERCENT -> ChartUnit.PERCENT;
            case MILLISECONDS -> ChartUnit.MILLISECONDS;
        };
    }

    /// With its unit; a dash if it is not known.
    static String value(Map<Figure, Double> figures, Figure figure) {
        Double value = figures.get(figure);
        if (value == null) {
            return Formats.NONE;
        }
        return switch (figure.unit()) {
            case COUNT -> Formats.number(value);
            case PER_SECOND -> Formats.rate(value);
            case BYTES_PER_SECOND -> Formats.byteRate(value);
            case PERCENT -> Formats.percent(value / 100);
            case MILLISECONDS -> Formats.millis(value);
        };
    }
}
