package dev.heliograph.capacity;

import dev.heliograph.capacity.Calibration.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What a delivery costs, between and beside what was measured.
///
/// A write to a socket costs the same whether it has one frame or ten, so that the cost of a delivery is a
/// part of its own and an equal share of a write: `a + w / batch`. Between two measured batches that is a
/// straight line over `1 / batch`, and so it is from the smallest one to a write for each; beyond the largest one the
/// cost stays what it is there, and nothing is hoped for. Of the sizes that were measured with the same number in
/// flight each had a batch of its own: `w` brings them to that of the smallest size. Between two measured sizes it is a
/// straight line over the bytes, and beyond the largest one the line goes on. A batch that was measured with one size
/// takes the difference from the batches around it.
///
/// A larger payload and a smaller batch never cost less: measurements scatter, and a plan must not.
final class DeliveryCost {

    /// No delivery costs less, however measurements scatter.
    private static final double LEAST = 0.001;

    /// Sizes and costs of one batch, by size.
    private record Line(double batch, NavigableMap<Integer, Double> costs) {

        double at(double bytes) {
            double from = 0;
            double before = 0;
            double slope = 0;
            for (Map.Entry<Integer, Double> each : costs.entrySet()) {
                double value = Math.max(before, each.getValue());
                if (from == 0) {
                    if (bytes <= each.getKey()) {
                        return value;
                    }
                } else {
                    slope = (value - before) / (each.getKey() - from);
                    if (bytes < each.getKey()) {
                        break;
                    }
                }
                from = each.getKey();
                before = value;
            }
            return before + slope * (bytes - from);
        }
    }

    /// From the largest batch to the smallest.
    private final List<Line> lines = new ArrayList<>();

    private final Line widest;

    /// Microseconds of a write, whatever is in it.
    private final double write;

    DeliveryCost(List<Delivery> measured) {
        Batches batches = new Batches(measured);
        write = write(measured);
        NavigableMap<Double, NavigableMap<Integer, Double>> byBatch = new TreeMap<>();
        for (Delivery each : measured) {
            double batch = batches.of(each);
            double cost = Math.max(LEAST, each.cpuUs() + write * (1 / batch - 1 / each.batch()));
            byBatch.computeIfAbsent(batch, _ -> new TreeMap<>())
                    .merge(each.payloadBytes(), cost, (one, other) -> (one + other) / 2);
        }
        byBatch.descendingMap().forEach((batch, costs) -> lines.add(new Line(batch, costs)));
        Line most = lines.getFirst();
        for (Line each : lines) {
            // Of two the one of smaller batches, where bytes cost more.
            if (each.costs().size() >= most.costs().size()) {
                most = each;
            }
        }
        widest = most;
    }

    /// The slope of the straight line over `1 / batch` that is next to what the smallest size costs.
    private static double write(List<Delivery> measured) {
        int size = measured.stream().mapToInt(Delivery::payloadBytes).min().orElse(0);
        List<Delivery> small =
                measured.stream().filter(each -> each.payloadBytes() == size).toList();
        double share =
                small.stream().mapToDouble(each -> 1 / each.batch()).average().orElse(0);
        double cost = small.stream().mapToDouble(Delivery::cpuUs).average().orElse(0);
        double both = 0;
        double square = 0;
        for (Delivery each : small) {
            double off = 1 / each.batch() - share;
            both += off * (each.cpuUs() - cost);
            square += off * off;
        }
        return square == 0 ? 0 : Math.max(0, both / square);
    }

    /// CPU microseconds of one delivery.
    ///
    /// @param batch frames that share a write; less than 1 counts as 1
    double micros(double batch, double payloadBytes) {
        double share = 1 / Math.max(1, batch);
        double cost = 0;
        double before = 0;
        double beforeShare = 0;
        for (Line line : lines) {
            double at = 1 / line.batch();
            double value = Math.max(cost, value(line, payloadBytes));
            if (share <= at) {
                return beforeShare == 0
                        ? value
                        : before + (value - before) * (share - beforeShare) / (at - beforeShare);
            }
            cost = value;
            before = value;
            beforeShare = at;
        }
        return cost + write * (share - beforeShare);
    }

    private double value(Line line, double bytes) {
        if (line.costs().size() > 1 || line.equals(widest)) {
            return line.at(bytes);
        }
        int size = line.costs().firstKey();
        double cost = line.at(size);
        return bytes < size ? Math.min(cost, widest.at(bytes)) : cost + more(line, size, bytes);
    }

    /// What more bytes cost, from the nearest batches that were measured with several sizes: a straight line over
    /// `1 / batch` between them.
    private double more(Line line, int size, double bytes) {
        Optional<Line> larger = Optional.empty();
        Optional<Line> smaller = Optional.empty();
        for (Line each : lines) {
            if (each.costs().size() > 1 && each.batch() > line.batch()) {
                larger = Optional.of(each);
            } else if (each.costs().size() > 1 && smaller.isEmpty()) {
                smaller = Optional.of(each);
            }
        }
        if (larger.isEmpty() || smaller.isEmpty()) {
            Optional<Line> found = smaller;
            Line only = larger.or(() -> found).orElse(widest);
            return only.at(bytes) - only.at(size);
        }
        double from = 1 / larger.get().batch();
        double way = (1 / line.batch() - from) / (1 / smaller.get().batch() - from);
        double ofLarger = larger.get().at(bytes) - larger.get().at(size);
        double ofSmaller = smaller.get().at(bytes) - smaller.get().at(size);
        return ofLarger + (ofSmaller - ofLarger) * way;
    }

    /// The largest payload that was measured.
    int largestPayload() {
        return widest.costs().lastKey();
    }

    /// The largest batch that was measured.
    double largestBatch() {
        return lines.getFirst().batch();
    }
}
