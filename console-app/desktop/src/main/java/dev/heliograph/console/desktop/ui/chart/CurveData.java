package dev.heliograph.console.desktop.ui.chart;

import java.util.List;
import java.util.Optional;

/// What a [CurveChart] shows. Immutable.
///
/// @param points from the least to the greatest; each is above 0 across, where the axis is logarithmic
/// @param now    where one is
/// @param next   what is to come, right of `now`
public record CurveData(List<Point> points, Optional<Mark> now, Optional<Mark> next) {

    public static final CurveData NONE = new CurveData(List.of(), Optional.empty(), Optional.empty());

    public CurveData {
        points = List.copyOf(points);
    }

    /// @param x across
    /// @param y up
    public record Point(double x, double y) {}

    /// @param label at the top, beside the line down to the point; also for those who cannot see it
    public record Mark(Point at, String label) {}

    boolean isEmpty() {
        return points.isEmpty();
    }

    double from() {
        return points.getFirst().x();
    }

    double to() {
        return points.getLast().x();
    }
}
