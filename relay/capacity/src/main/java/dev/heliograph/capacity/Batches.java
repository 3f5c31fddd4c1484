package dev.heliograph.capacity;

import dev.heliograph.capacity.Calibration.Delivery;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// How many frames share a write, by how many publications are on their way to a subscriber, as measured.
///
/// They are fewer than those on their way, since a part of these has left the relay and is with the clients. What
/// counts is the smallest payload that was measured with a number: frames that fill a socket's buffer are written in
/// parts.
final class Batches {

    /// By the publications on their way.
    private final NavigableMap<Integer, Double> measured = new TreeMap<>();

    Batches(List<Delivery> deliveries) {
        Map<Integer, Integer> smallest = new TreeMap<>();
        for (Delivery each : deliveries) {
            Integer size = smallest.get(each.inFlight());
            if (size == null || each.payloadBytes() < size) {
                smallest.put(each.inFlight(), each.payloadBytes());
                measured.put(each.inFlight(), each.batch());
            }
        }
    }

    /// Of a number that was measured.
    double of(Delivery delivery) {
        return measured.getOrDefault(delivery.inFlight(), delivery.batch());
    }

    /// Between two measured numbers the part of them that shares a write is a straight line over their logarithm;
    /// beyond the largest one no more share a write than there.
    ///
    /// @param inFlight to a subscriber; less than 1 counts as 1
    double framesPerWrite(double inFlight) {
        double count = Math.max(1, inFlight);
        Map.Entry<Integer, Double> below = measured.floorEntry((int) count);
        Map.Entry<Integer, Double> above = measured.ceilingEntry((int) Math.ceil(count));
        if (below == null) {
            return Math.min(count, measured.firstEntry().getValue());
        }
        if (above == null) {
            return measured.lastEntry().getValue();
        }
        double from = below.getValue() / below.getKey();
        if (above.getKey().equals(below.getKey())) {
            return Math.max(1, count * from);
        }
        double to = above.getValue() / above.getKey();
        double way = Math.log(count / below.getKey()) / Math.log((double) above.getKey() / below.getKey());
        return Math.max(1, count * (from + (to - from) * way));
    }
}
