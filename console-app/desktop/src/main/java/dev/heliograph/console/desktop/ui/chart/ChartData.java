package dev.heliograph.console.desktop.ui.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a chart shows. Immutable.
///
/// @param from   the left edge
/// @param to     the right edge
/// @param series at most as many as can be told apart, eight
/// @param marks  those out of the edges are not shown
public record ChartData(Instant from, Instant to, List<ChartSeries> series, List<ChartMark> marks) {

    public static final ChartData NONE = new ChartData(Instant.EPOCH, Instant.EPOCH, List.of(), List.of());

    public ChartData {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
    }

    Duration span() {
        return Duration.between(from, to);
    }

    boolean isEmpty() {
        return series.stream().allMatch(each -> each.points().isEmpty());
    }
}
