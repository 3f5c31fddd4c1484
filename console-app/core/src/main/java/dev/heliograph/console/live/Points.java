package dev.heliograph.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A figure over a time, as points at equal distances, the oldest first; a time of which nothing is known is a gap.
///
/// @param step from one point to the next
public record Points(Duration step, List<Point> list) {

    public static final Points NONE = new Points(Duration.ofSeconds(1), List.of());

    public Points {
        list = List.copyOf(list);
    }

    /// The figure in the time from `at` on; not numbers if nothing is known.
    public record Point(Instant at, double min, double mean, double max) {

        public static Point gap(Instant at) {
            return new Point(at, Double.NaN, Double.NaN, Double.NaN);
        }

        public static Point of(Instant at, double value) {
            return new Point(at, value, value, value);
        }

        public boolean isGap() {
            return Double.isNaN(mean);
        }
    }

    /// Whether nothing is known of all that time.
    public boolean isEmpty() {
        return list.stream().allMatch(Point::isGap);
    }

    /// The greatest value; empty if nothing is known.
    public Optional<Double> max() {
        return list.stream().filter(point -> !point.isGap()).map(Point::max).max(Double::compare);
    }

    /// The newest value that is known.
    public Optional<Double> last() {
        return list.reversed().stream()
                .filter(point -> !point.isGap())
                .map(Point::mean)
                .findFirst();
    }
}
