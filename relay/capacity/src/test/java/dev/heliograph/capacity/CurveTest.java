package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CurveTest {

    private final CapacityModel model = Figures.model();

    @Test
    void itGoesFromTheFirstToTheLastAtEvenRatios() {
        Curve curve = model.curve(Demand.DEFAULT, Curve.Input.CONNECTIONS, 1_000, 1_000_000, 4);
        assertThat(curve.points())
                .extracting(Curve.Point::value)
                .containsExactly(1_000.0, 10_000.0, 100_000.0, 1_000_000.0);
        assertThat(curve.points()).extracting(Curve.Point::nodes).isSorted();
        assertThat(curve.end()).isEmpty();
    }

    @Test
    void aPointIsThePlanOfItsValue() {
        Curve curve = model.curve(Demand.DEFAULT, Curve.Input.PUBLISH_RATE, 100, 100_000, 2);
        Plan plan = model.plan(Figures.demand("publish_rate", 100_000));
        assertThat(curve.points().getLast())
                .isEqualTo(new Curve.Point(100_000, plan.nodes(), plan.cost().monthly(), plan.binding()));
    }

    @Test
    void fewConnectionsHaveNoMoreFanOutThanThereAreOfThem() {
        assertThat(model.curve(Demand.DEFAULT, Curve.Input.CONNECTIONS, 2, 100, 3)
                        .points())
                .hasSize(3);
    }

    @Test
    void itEndsWhereNothingCarriesTheLoad() {
        Demand everywhere = Figures.demand("connections", 1_000_000, "channels", 10, "fan_out", 100_000);
        Curve curve = model.curve(everywhere, Curve.Input.PUBLISH_RATE, 1, 1_000_000, 13);
        assertThat(curve.points()).hasSizeBetween(2, 12);
        assertThat(curve.end()).hasValueSatisfying(each -> assertThat(each).startsWith("no cluster of up to 10000"));
        assertThat(curve.json().path("points")).hasSize(curve.points().size());
    }

    @Test
    void aRangeThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> model.curve(Demand.DEFAULT, Curve.Input.CONNECTIONS, 0, 5, 3))
                .isInstanceOf(CapacityException.class);
        assertThatThrownBy(() -> model.curve(Demand.DEFAULT, Curve.Input.CONNECTIONS, 5, 5, 3))
                .isInstanceOf(CapacityException.class);
        assertThatThrownBy(() -> model.curve(Demand.DEFAULT, Curve.Input.CONNECTIONS, 1, 5, 1))
                .isInstanceOf(CapacityException.class);
    }
}
