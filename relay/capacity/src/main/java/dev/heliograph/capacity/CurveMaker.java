package dev.heliograph.capacity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.capacity.Curve.Point;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the plans of a curve.
final class CurveMaker {

    /// From an eighth of the present value to eight times it: three times half as much, and three times
    /// twice.
    private static final double RANGE = 8;

    /// A ratio below what three digits show.
    private static final double SAME = 1.001;

    private static final MathContext UP = new MathContext(3, RoundingMode.CEILING);

    private final CapacityModel model;
    private final Demand demand;
    private final DemandInput input;

    CurveMaker(CapacityModel model, Demand demand, DemandInput input) {
        this.model = model;
        this.demand = demand;
        this.input = input;
    }

    Curve around(int steps) {
        double now = input.of(demand);
        if (now == 0) {
            throw CapacityException.wrong(input.key() + ": 0 can not be multiplied");
        }
        return between(Math.max(now / RANGE, input.least()), Math.min(now * RANGE, input.most(demand)), steps);
    }

    Curve between(double from, double to, int steps) {
        if (!(from > 0 && to > from) || steps < 2 || steps > Curve.MAX_STEPS) {
            throw CapacityException.wrong("a curve goes from above 0 to more, in 2 to " + Curve.MAX_STEPS + " steps");
        }
        List<Point> points = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            double even = from * Math.pow(to / from, (double) step / (steps - 1));
            double value = input.isWhole() ? Math.max(input.least(), Math.rint(even)) : even;
            if (!points.isEmpty() && value == points.getLast().value()) {
                continue;
            }
            try {
                points.add(point(value));
            } catch (CapacityException e) {
                if (e.isInput() || points.isEmpty()) {
                    throw e;
                }
                return curve(points, Optional.of(String.valueOf(e.getMessage())));
            }
        }
        return curve(points, Optional.empty());
    }

    private Curve curve(List<Point> points, Optional<String> end) {
        return new Curve(input, input.of(demand), points, next(), end);
    }

    private Point point(double value) {
        Plan plan = model.plan(with(value));
        return new Point(value, plan.nodes(), plan.cost().monthly(), plan.binding());
    }

    private Demand with(double value) {
        if (input != DemandInput.CONNECTIONS || demand.fanOut() <= value) {
            return demand.with(input, value);
        }
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        changes.put(DemandInput.CONNECTIONS.key(), (int) value);
        changes.put(DemandInput.FAN_OUT.key(), value);
        return demand.with("curve", changes);
    }

    /// More of an input never needs fewer relays, or never needs more of them: the first that does is found
    /// by halving.
    private Optional<Point> next() {
        Optional<Point> present = carried(input.of(demand));
        double high = input.most(demand);
        if (present.isEmpty() || !needsMore(high, present.get().nodes())) {
            return Optional.empty();
        }
        double low = input.of(demand);
        while (input.isWhole() ? high - low > 1 : high > low * SAME && high > 1e-6) {
            double middle = low > 0 ? Math.sqrt(low) * Math.sqrt(high) : high / 2;
            if (input.isWhole()) {
                middle = Math.clamp(Math.rint(middle), low + 1, high - 1);
            }
            if (needsMore(middle, present.get().nodes())) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return carried(
                input.isWhole()
                        ? high
                        : Math.min(
                                input.most(demand),
                                BigDecimal.valueOf(high).round(UP).doubleValue()));
    }

    private boolean needsMore(double value, int nodes) {
        return carried(value).map(each -> each.nodes() > nodes).orElse(true);
    }

    /// Empty if nothing carries it.
    private Optional<Point> carried(double value) {
        try {
            return Optional.of(point(value));
        } catch (CapacityException e) {
            if (e.isInput()) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
