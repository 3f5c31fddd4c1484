package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for any load: 120 of them, each from a seed of its own.
class PlanPropertiesTest {

    private static final CapacityModel MODEL = Figures.model();
    private static final List<CapacityModel> MODELS = List.of(MODEL, new CapacityModel(Calibration.reference()));

    static Stream<Demand> demands() {
        return IntStream.range(0, 120).mapToObj(PlanPropertiesTest::demand);
    }

    private static Demand demand(int seed) {
        Random random = new Random(seed);
        int connections = (int) spread(random, 1, 2_000_000);
        return Figures.demand(
                "connections",
                connections,
                "channels",
                (int) spread(random, 1, 200_000),
                "publish_rate",
                spread(random, 0.1, 20_000),
                "payload_bytes",
                (int) spread(random, 16, 30_000),
                "fan_out",
                Math.min(connections, spread(random, 0.1, 20_000)),
                "presence_share",
                random.nextBoolean() ? 0.0 : random.nextDouble(),
                "guarantee",
                Tree.text(Guarantee.values()[random.nextInt(3)]),
                "latency_ms",
                spread(random, 20, 5_000),
                "failures",
                random.nextInt(3),
                "cores",
                1 + random.nextInt(16),
                "memory_gib",
                1.0 + random.nextInt(31),
                "target_utilisation",
                0.2 + 0.6 * random.nextDouble());
    }

    /// As likely between 1 and 10 as between 10 and 100.
    private static double spread(Random random, double least, double most) {
        return least * Math.pow(most / least, random.nextDouble());
    }

    /// Empty if nothing carries it.
    private static Optional<Plan> plan(CapacityModel model, Demand demand) {
        try {
            return Optional.of(model.plan(demand));
        } catch (CapacityException e) {
            assertThat(e.isInput()).as(e.getMessage()).isFalse();
            return Optional.empty();
        }
    }

    @Test
    void mostLoadsCanBeCarried() {
        assertThat(demands().filter(each -> plan(MODEL, each).isPresent()).count())
                .isBetween(80L, 120L);
    }

    @ParameterizedTest
    @MethodSource("demands")
    void afterTheFailuresTheRestCarriesTheLoadWithinWhatIsAllowed(Demand demand) {
        for (CapacityModel model : MODELS) {
            plan(model, demand).ifPresent(plan -> {
                assertThat(plan.nodes() - demand.failures()).isEqualTo(plan.survivors());
                NodeLoad left = model.load(demand, plan.survivors(), plan.nodes() > 1);
                assertThat(model.resources(demand, left)).allMatch(Resource::fits);
                assertThat(plan.resources()).allMatch(each -> each.ofAllowed() <= 1 + 1e-9);
                assertThat(plan.ordinary().p99Ms()).isLessThanOrEqualTo(demand.latencyMs());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("demands")
    void oneRelayLessWouldNotDo(Demand demand) {
        plan(MODEL, demand).ifPresent(plan -> {
            int fewer = plan.survivors() - 1;
            if (fewer > 0) {
                NodeLoad left = MODEL.load(demand, fewer, fewer + demand.failures() > 1);
                assertThat(MODEL.resources(demand, left)).anyMatch(each -> !each.fits());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("demands")
    void whatBindsIsWhatIsUsedMost(Demand demand) {
        plan(MODEL, demand).ifPresent(plan -> {
            double binding = plan.resource(plan.binding()).orElseThrow().ofAllowed();
            assertThat(plan.resources()).allMatch(each -> each.ofAllowed() <= binding);
            assertThat(plan.reason()).containsIgnoringCase(plan.binding());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "connections, 1.3", "channels, 1.5", "publish_rate, 1.3", "payload_bytes, 1.5", "fan_out, 1.2",
        "presence_share, 1.5", "growth, 1.4", "connect_rate, 3", "failures, 2", "latency_ms, 0.8",
        "ping_seconds, 0.5", "target_utilisation, 0.8", "memory_gib, 0.7", "network_mbit, 0.7", "history_size, 2"
    })
    void moreOfAnInputNeverNeedsLess(String key, double factor) {
        for (CapacityModel model : MODELS) {
            int compared = 0;
            for (Demand demand : demands().toList()) {
                double before = demand.json().path(key).doubleValue();
                Demand more;
                try {
                    more = demand.with(
                            key,
                            demand.json().path(key).isInt()
                                    ? new IntNode((int) Math.ceil(before * factor))
                                    : new DoubleNode(before * factor));
                } catch (CapacityException _) {
                    continue;
                }
                Optional<Plan> less = plan(model, demand);
                Optional<Plan> after = plan(model, more);
                if (less.isEmpty()) {
                    assertThat(after).as("%s, %s", demand, key).isEmpty();
                } else if (after.isPresent()) {
                    compared++;
                    assertThat(after.get().nodes())
                            .as("%s, %s", demand, key)
                            .isGreaterThanOrEqualTo(less.get().nodes());
                    assertThat(after.get().cost().monthly())
                            .isGreaterThanOrEqualTo(less.get().cost().monthly());
                }
            }
            assertThat(compared).isGreaterThan(20);
        }
    }

    @Test
    void theGuaranteeThatPromisesMoreCostsMore() {
        for (Demand demand : demands().toList()) {
            List<Double> costs = new ArrayList<>();
            for (Guarantee guarantee : Guarantee.values()) {
                plan(
                                MODEL,
                                demand.with(
                                        "guarantee",
                                        new com.fasterxml.jackson.databind.node.TextNode(Tree.text(guarantee))))
                        .ifPresent(each -> costs.add(each.cost().monthly()));
            }
            assertThat(costs).isSorted();
        }
    }

    @Test
    void thePredictionFallsWithEachThingThatCosts() {
        Scenario base = new Scenario(1, 100, 4, 512, 16, Scenario.Publishing.API);
        double rate = MODEL.predictedSaturation(base);
        Map<String, Scenario> worse = Map.of(
                "half a core", new Scenario(0.5, 100, 4, 512, 16, Scenario.Publishing.API),
                "fewer subscribers", new Scenario(1, 10, 4, 512, 16, Scenario.Publishing.API),
                "more channels", new Scenario(1, 100, 8, 512, 16, Scenario.Publishing.API),
                "larger", new Scenario(1, 100, 4, 5_120, 16, Scenario.Publishing.API),
                "fewer in flight", new Scenario(1, 100, 4, 512, 8, Scenario.Publishing.API),
                "history", new Scenario(1, 100, 4, 512, 16, Scenario.Publishing.REDIS_HISTORY));
        worse.forEach((what, scenario) ->
                assertThat(MODEL.predictedSaturation(scenario)).as(what).isLessThan(rate));
        assertThat(MODEL.predictedSaturation(new Scenario(2, 100, 4, 512, 16, Scenario.Publishing.API)))
                .isEqualTo(2 * rate, within(1e-6));
    }
}
