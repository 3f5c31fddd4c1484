package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {

    private final CapacityModel model = Figures.model();

    @Test
    void itGoesFromTheFirstToTheLastAtEvenRatios() {
        Curve curve = model.curve(Demand.DEFAULT, DemandInput.CONNECTIONS, 1_000, 1_000_000, 4);
        assertThat(curve.points())
                .extracting(Curve.Point::value)
                .containsExactly(1_000.0, 10_000.0, 100_000.0, 1_000_000.0);
        assertThat(curve.points()).extracting(Curve.Point::nodes).isSorted();
        assertThat(curve.end()).isEmpty();
    }

    @Test
    void aPointIsThePlanOfItsValue() {
        Curve curve = model.curve(Demand.DEFAULT, DemandInput.PUBLISH_RATE, 100, 100_000, 2);
        Plan plan = model.plan(Figures.demand("publish_rate", 100_000));
        assertThat(curve.points().getLast())
                .isEqualTo(new Curve.Point(100_000, plan.nodes(), plan.cost().monthly(), plan.binding()));
    }

    @Test
    void fewConnectionsHaveNoMoreFanOutThanThereAreOfThem() {
        assertThat(model.curve(Demand.DEFAULT, DemandInput.CONNECTIONS, 2, 100, 3)
                        .points())
                .hasSize(3);
    }

    @Test
    void itEndsWhereNothingCarriesTheLoad() {
        Demand everywhere = Figures.demand("connections", 1_000_000, "channels", 10, "fan_out", 100_000);
        Curve curve = model.curve(everywhere, DemandInput.PUBLISH_RATE, 1, 1_000_000, 13);
        assertThat(curve.points()).hasSizeBetween(2, 12);
        assertThat(curve.end()).hasValueSatisfying(each -> assertThat(each).startsWith("no cluster of up to 10000"));
        assertThat(curve.json().path("points")).hasSize(curve.points().size());
    }

    @Test
    void theNextRelayIsNeededFromAValueOnAndNotBelowIt() {
        for (DemandInput input : List.of(DemandInput.CONNECTIONS, DemandInput.PUBLISH_RATE, DemandInput.FAN_OUT)) {
            Curve curve = model.curve(Demand.DEFAULT, input, 5);
            int now = model.plan(Demand.DEFAULT).nodes();
            Curve.Point next = curve.next().orElseThrow();
            assertThat(curve.now()).isEqualTo(input.of(Demand.DEFAULT)).isLessThan(next.value());
            assertThat(next.nodes()).isGreaterThan(now);
            Demand below = Demand.DEFAULT.with(input, input.isWhole() ? next.value() - 1 : next.value() * 0.99);
            assertThat(model.plan(below).nodes()).as(input.key()).isEqualTo(now);
        }
    }

    @Test
    void whatHelpsNeedsNoRelayMore() {
        assertThat(model.curve(Demand.DEFAULT, DemandInput.CORES, 13).next()).isEmpty();
        assertThat(model.curve(Demand.DEFAULT, DemandInput.LATENCY_MS, 13).next())
                .isEmpty();
    }

    @Test
    void aroundTheLoadItStaysAmongValuesThatMakeSense() {
        Demand wide = Figures.demand("fan_out", 5_000, "failures", 2, "target_utilisation", 0.5);
        assertThat(model.curve(wide, DemandInput.FAN_OUT, 9).points().getLast().value())
                .isEqualTo(wide.connections());
        assertThat(model.curve(wide, DemandInput.TARGET_UTILISATION, 9)
                        .points()
                        .getLast()
                        .value())
                .isEqualTo(0.9);
        assertThat(model.curve(wide, DemandInput.FAILURES, 99).points())
                .extracting(Curve.Point::value)
                .doesNotHaveDuplicates()
                .contains(1.0, 2.0, 16.0);
        assertThatThrownBy(() -> model.curve(wide, DemandInput.PRESENCE_SHARE, 9))
                .hasMessage("presence_share: 0 can not be multiplied");
    }

    @Test
    void aRangeThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> model.curve(Demand.DEFAULT, DemandInput.CONNECTIONS, 0, 5, 3))
                .isInstanceOf(CapacityException.class);
        assertThatThrownBy(() -> model.curve(Demand.DEFAULT, DemandInput.CONNECTIONS, 5, 5, 3))
                .isInstanceOf(CapacityException.class);
        assertThatThrownBy(() -> model.curve(Demand.DEFAULT, DemandInput.CONNECTIONS, 1, 5, 1))
                .isInstanceOf(CapacityException.class);
    }
}
