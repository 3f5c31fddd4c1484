package dev.heliograph.capacity;

import dev.heliograph.capacity.Calibration.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What a delivery costs, between and beside what was measured.
///
/// A write to a socket costs the same whether it has one frame or ten, so that the cost of a delivery is a
/// part of its own and an equal share of a write: `a + w / batch`. Between two measured batches that is a
/// straight line over `1 / batch`; beyond the largest one the cost stays what it is there, and nothing is
/// hoped for. Between two measured sizes it is a straight line over the bytes, and beyond the largest one the
/// line goes on. A batch that was measured with fewer sizes than another one takes the difference from that.
///
/// A larger payload and a smaller batch never cost less: measurements scatter, and a plan must not.
final class DeliveryCost {

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

    DeliveryCost(List<Delivery> measured) {
        NavigableMap<Integer, NavigableMap<Integer, Double>> byBatch = new TreeMap<>();
        for (Delivery each : measured) {
            byBatch.computeIfAbsent(each.inFlight(), _ -> new TreeMap<>())
                    .merge(each.payloadBytes(), each.cpuUs(), (one, other) -> (one + other) / 2);
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
        return cost;
    }

    private double value(Line line, double bytes) {
        if (line.costs().size() > 1 || line.equals(widest)) {
            return line.at(bytes);
        }
        int size = line.costs().firstKey();
        double cost = line.at(size);
        return Math.max(Math.min(cost, widest.at(bytes)), cost + widest.at(bytes) - widest.at(size));
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
