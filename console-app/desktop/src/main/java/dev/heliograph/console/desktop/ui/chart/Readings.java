package dev.heliograph.console.desktop.ui.chart;

import dev.heliograph.console.live.Points;
import dev.heliograph.console.live.Points.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads lines at a time.
final class Readings {

    private Readings() {}

    /// The value of the point next to this time; none if that is a gap, or more than a step away.
    static Optional<Double> at(Points points, Instant at) {
        List<Point> list = points.list();
        if (list.isEmpty()) {
            return Optional.empty();
        }
        long step = Math.max(1, points.step().toMillis());
        long away = Duration.between(list.getFirst().at(), at).toMillis();
        long index = Math.round((double) away / step);
        if (index < 0 || index >= list.size()) {
            return Optional.empty();
        }
        Point point = list.get((int) index);
        return point.isGap() ? Optional.empty() : Optional.of(point.mean());
    }
}
