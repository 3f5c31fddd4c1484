package dev.heliograph.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.fleet.Decision.Verb;
import dev.heliograph.fleet.RelayNode.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A day of a fleet under a load that walks at random, with gaps in what is known, deployments, lost relays and
/// playbooks that take their time or fail: whatever happens, what is promised holds.
class FleetWalkTest {

    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int STEPS = 2 * 60 * 24;
    private static final int PEAK_STEPS = 30;
    private static final FleetPolicy POLICY = new FleetPolicy(
            IntStream.rangeClosed(1, 9).mapToObj(i -> "relay" + i).toList(),
            2,
            7,
            10_000,
            0.6,
            0.9,
            Duration.ofSeconds(300),
            Duration.ofSeconds(900));
    private static final long LIMIT = 14_000;

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsPromisedHolds(int seed) {
        Walk walk = new Walk(seed);
        for (int step = 0; step < STEPS; step++) {
            walk.step();
        }
        assertThat(walk.taken).as("seed " + seed).containsKeys(Verb.SCALE_OUT, Verb.SCALE_IN);
    }

    private static final class Walk {

        private final Random random;
        private final Map<String, State> relays = new LinkedHashMap<>();
        private final Deque<Long> lastConnections = new ArrayDeque<>();
        private final Deque<Double> lastCpu = new ArrayDeque<>();
        final Map<Verb, Integer> taken = new EnumMap<>(Verb.class);

        private Instant now = Fleet.NOW;
        private Instant changed = now.minusSeconds(3_600);
        private Instant notBefore = Instant.EPOCH;
        private Optional<Decision> underWay = Optional.empty();
        private int stepsLeft;
        private double mood = 1;
        private double load;
        private double cpuOfOne = 0.00003;

        Walk(int seed) {
            random = new Random(seed);
            relays.put("relay1", State.SERVES);
            relays.put("relay2", State.SERVES);
            relays.put("relay3", State.SERVES);
        }

        void step() {
            now = now.plus(STEP);
            wander();
            finish();
            Observation seen = look();
            Decision decision = POLICY.decide(
                    seen, new History(changed, OptionalInt.empty(), notBefore, underWay.map(Decision::sentence)), now);
            if (decision.verb() != Verb.HOLD) {
                assertSound(decision, seen);
                taken.merge(decision.verb(), 1, Integer::sum);
                begin(decision);
            }
        }

        /// Clients come and go with the hours of a day, and on top of that at random: mostly few by few, at
        /// times half of them in one step.
        private void wander() {
            double hours = Duration.between(Fleet.NOW, now).toSeconds() / 3_600.0;
            double factor = random.nextInt(200) == 0 ? 0.5 + random.nextDouble() : 1 + random.nextGaussian() * 0.02;
            mood = Math.clamp(mood * factor, 0.3, 3);
            load = mood * (35_000 + 30_000 * Math.sin(hours * Math.PI / 12));
            cpuOfOne = Math.clamp(cpuOfOne * (1 + random.nextGaussian() * 0.01), 0.00001, 0.0001);
            relays.replaceAll((_, state) -> switch (state) {
                case SERVES -> random.nextInt(2_000) == 0 ? State.LATELY_LOST : state;
                case LATELY_LOST -> random.nextInt(4) == 0 ? State.LOST : random.nextBoolean() ? State.SERVES : state;
                case LOST -> random.nextInt(20) == 0 ? State.SERVES : state;
                case DRAINS -> state;
            });
        }

        private Observation look() {
            if (random.nextInt(50) == 0) {
                return new Observation.Unknown("a gap");
            }
            long serving = relays.values().stream().filter(State.SERVES::equals).count();
            List<RelayNode> seen = new ArrayList<>();
            relays.forEach((host, state) -> {
                boolean serves = state == State.SERVES;
                long share = serves ? Math.round(load / serving) - random.nextInt(20) : 0;
                seen.add(new RelayNode(
                        host + "-blue", host, "blue", state, Math.max(0, share), share * cpuOfOne, serves ? LIMIT : 0));
            });
            long connections = seen.stream().mapToLong(RelayNode::connections).sum();
            double cpu = seen.stream().mapToDouble(RelayNode::cpu).sum();
            remember(lastConnections, connections);
            remember(lastCpu, cpu);
            Observation.Peak peak = new Observation.Peak(
                    lastConnections.stream().mapToLong(Long::longValue).max().orElse(0),
                    lastCpu.stream().mapToDouble(Double::doubleValue).max().orElse(0));
            return new Observation.Load(
                    seen, random.nextInt(50) == 0 ? Optional.empty() : Optional.of(peak), random.nextInt(50) == 0);
        }

        private static <T> void remember(Deque<T> last, T value) {
            last.addLast(value);
            if (last.size() > PEAK_STEPS) {
                last.removeFirst();
            }
        }

        private void begin(Decision decision) {
            underWay = Optional.of(decision);
            stepsLeft = 1 + random.nextInt(8);
            if (decision.verb() == Verb.SCALE_IN) {
                decision.hosts().forEach(host -> relays.put(host, State.DRAINS));
            }
        }

        private void finish() {
            if (underWay.isEmpty() || --stepsLeft > 0) {
                return;
            }
            Decision decision = underWay.get();
            underWay = Optional.empty();
            if (random.nextInt(10) == 0) {
                decision.hosts().forEach(host -> relays.replace(host, State.DRAINS, State.SERVES));
                notBefore = now.plusSeconds(60);
                return;
            }
            changed = now;
            decision.hosts().forEach(host -> {
                if (decision.verb() == Verb.SCALE_OUT) {
                    relays.put(host, State.SERVES);
                } else {
                    relays.remove(host);
                }
            });
        }

        private void assertSound(Decision decision, Observation seen) {
            Observation.Load known = (Observation.Load) seen;
            int nodes = decision.figures().orElseThrow().nodes();
            assertThat(underWay).isEmpty();
            assertThat(known.deployLocked()).isFalse();
            assertThat(relays).doesNotContainValue(State.LATELY_LOST);
            assertThat(now).isAfterOrEqualTo(notBefore);
            if (decision.verb() == Verb.SCALE_OUT) {
                assertThat(now).isAfterOrEqualTo(changed.plus(POLICY.cooldownOut()));
                assertThat(nodes + decision.hosts().size()).isLessThanOrEqualTo(POLICY.max());
                assertThat(decision.hosts()).isNotEmpty().doesNotContainAnyElementsOf(relays.keySet());
                return;
            }
            assertThat(now).isAfterOrEqualTo(changed.plus(POLICY.cooldownIn()));
            assertThat(decision.hosts()).hasSize(1);
            assertThat(known.peak()).isPresent();
            assertThat(nodes - 1).isGreaterThanOrEqualTo(POLICY.min());
            assertThat(relays.values()).containsOnly(State.SERVES);
            long connections =
                    known.relays().stream().mapToLong(RelayNode::connections).sum();
            double cpu = known.relays().stream().mapToDouble(RelayNode::cpu).sum();
            // One is taken away, and one more is lost: the others carry all of it.
            assertThat(connections).isLessThan((nodes - 2) * LIMIT);
            assertThat(cpu).isLessThanOrEqualTo((nodes - 2) * POLICY.maxCpu());
        }
    }
}
