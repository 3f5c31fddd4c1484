package dev.heliograph.capacity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// What happens while one input changes and all others stay.
///
/// @param input  what varies
/// @param now    its value in the demand
/// @param points from the least to the most
/// @param next   the least value above `now` that needs more relays; exact for whole inputs, else to three
///     digits. Empty if there is none, or nothing carries it
/// @param end    why there are no more points, if no cluster carries the next one
public record Curve(DemandInput input, double now, List<Point> points, Optional<Point> next, Optional<String> end) {

    public static final int MAX_STEPS = 1_000;

    /// @param value   of the input
    /// @param monthly cost
    /// @param binding the resource that binds
    public record Point(double value, int nodes, double monthly, String binding) {}

    public Curve {
        points = List.copyOf(points);
    }

    public ObjectNode json() {
        return Tree.write(this);
    }
}
