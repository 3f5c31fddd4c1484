package dev.heliograph.console.desktop.ui.chart;

import dev.heliograph.console.live.Points;

/// A line of a chart.
///
/// @param name   as the operator reads it; with the same name it keeps its colour from one picture to the next
/// @param points that it goes through; where one is a gap, the line has one
/// @param area   filled down to zero
public record ChartSeries(String name, Points points, boolean area) {

    public static ChartSeries line(String name, Points points) {
        return new ChartSeries(name, points, false);
    }

    public static ChartSeries area(String name, Points points) {
        return new ChartSeries(name, points, true);
    }
}
