package dev.heliograph.capacity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happens while one input grows.
///
/// @param input  what varies
/// @param points from the least to the most
/// @param end    why there are no more points, if no cluster carries the next one
public record Curve(Input input, List<Point> points, Optional<String> end) {

    public static final int MAX_STEPS = 1_000;

    /// What may vary.
    public enum Input {
        CONNECTIONS,
        PUBLISH_RATE
    }

    /// @param value   of the input
    /// @param monthly cost
    /// @param binding the resource that binds
    public record Point(double value, int nodes, double monthly, String binding) {}

    public Curve {
        points = List.copyOf(points);
    }

    static Curve of(CapacityModel model, Demand demand, Input input, double from, double to, int steps) {
        if (!(from > 0 && to > from) || steps < 2 || steps > MAX_STEPS) {
            throw CapacityException.wrong("a curve goes from above 0 to more, in 2 to " + MAX_STEPS + " steps");
        }
        List<Point> points = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            double even = from * Math.pow(to / from, (double) step / (steps - 1));
            double value = input == Input.CONNECTIONS ? Math.max(1, Math.rint(even)) : even;
            try {
                Plan plan = model.plan(with(demand, input, value));
                points.add(new Point(value, plan.nodes(), plan.cost().monthly(), plan.binding()));
            } catch (CapacityException e) {
                if (e.isInput() || points.isEmpty()) {
                    throw e;
                }
                return new Curve(input, points, Optional.of(String.valueOf(e.getMessage())));
            }
        }
        return new Curve(input, points, Optional.empty());
    }

    private static Demand with(Demand demand, Input input, double value) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        switch (input) {
            case CONNECTIONS -> {
                int connections = (int) Math.round(value);
                changes.put("connections", connections);
                changes.put("fan_out", Math.min(demand.fanOut(), connections));
            }
            case PUBLISH_RATE -> changes.put("publish_rate", value);
        }
        return demand.with("curve", changes);
    }

    public ObjectNode json() {
        return Tree.write(this);
    }
}
