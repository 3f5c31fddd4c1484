package dev.heliograph.fleet;

import static dev.heliograph.fleet.Fleet.NOW;
import static dev.heliograph.fleet.Fleet.POLICY;
import static dev.heliograph.fleet.Fleet.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.fleet.Decision.Cause;
import dev.heliograph.fleet.Decision.Figures;
import dev.heliograph.fleet.Decision.Reason;
import dev.heliograph.fleet.Decision.Verb;
import dev.heliograph.fleet.RelayNode.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetPolicyTest {

    private static History changed(Duration ago) {
        return new History(NOW.minus(ago), OptionalInt.empty(), Instant.EPOCH, Optional.empty());
    }

    private static void assertHolds(Decision decision, Cause cause) {
        assertThat(decision.verb()).as(decision.sentence()).isEqualTo(Verb.HOLD);
        assertThat(decision.hosts()).isEmpty();
        assertThat(decision.reasons()).extracting(Reason::cause).contains(cause);
    }

    @ParameterizedTest
    @CsvSource({
        // Each has at most 10,000.
        "30000, 0.30, 3, exactly full",
        "30001, 0.30, 4, one too many",
        "44999, 0.30, 5, five",
        // Each has less than 16,000 when one is lost.
        "15999, 0.30, 2, one carries them",
        "16000, 0.30, 3, at its limit is not below it",
        "20000, 0.30, 3, two carry them",
        // Each at most 0.6 of its processors; 0.9 when one is lost.
        "100, 1.20, 3, two are at 0.6 and one would be at 1.2",
        "100, 0.90, 2, one would be at 0.9",
        "100, 1.80, 3, exactly as meant",
        "100, 1.81, 4, by processors",
        "100, 2.71, 5, five by processors",
        "0, 0.01, 1, one is enough for nobody",
    })
    void theLoadAsksForAsManyAsCarryItAndMayLoseOne(long connections, double cpu, int wanted, String why) {
        Fleet fleet = Fleet.of(2, 0, 0).with("relay3", "blue", State.SERVES, connections, cpu);
        assertThat(fleet.decide().figures().map(Figures::wanted)).as(why).contains(wanted);
    }

    @Test
    void severalAreAddedAtOnceByTheFirstHostsThatAreFree() {
        Decision decision = Fleet.of(3, 45_000, 0.6).decide();
        assertThat(decision.verb()).isEqualTo(Verb.SCALE_OUT);
        assertThat(decision.hosts()).containsExactly("relay4", "relay5");
        assertThat(decision.desired()).hasValue(5);
        assertThat(decision.sentence())
                .isEqualTo(
                        "Scale out by relay4, relay5, from 3 to 5 relays: the load asks for 5 (45,000 connections for 5,"
                                + " 60 % of a host's processors for 1, one that may be lost for 4)");
    }

    @Test
    void aFreeHostIsOneWithoutARelayOfTheActiveColour() {
        Fleet fleet = Fleet.of(0, 0, 0)
                .with("relay2", "blue", State.SERVES, 18_000, 0.3)
                .with("relay3", "blue", State.SERVES, 18_000, 0.3)
                .with("relay1", "green", State.SERVES, 0, 0.01)
                .with("relay4", "blue", State.LOST, 0, 0);
        Decision decision = fleet.decide();
        assertThat(decision.verb()).isEqualTo(Verb.SCALE_OUT);
        assertThat(decision.hosts()).containsExactly("relay1", "relay5");
    }

    @Test
    void noMoreThanTheMaximumAreAdded() {
        Decision decision = Fleet.of(4, 90_000, 1).decide();
        assertThat(decision.hosts()).containsExactly("relay5");
        assertThat(decision.figures()).contains(new Figures(4, 9, 5));
        assertThat(decision.reasons()).extracting(Reason::cause).containsExactly(Cause.LOAD, Cause.MAXIMUM);
        Decision full = Fleet.of(5, 90_000, 1).decide();
        assertHolds(full, Cause.MAXIMUM);
        assertThat(full.desired()).hasValue(5);
        assertThat(full.sentence()).startsWith("Hold at 5 relays: there may be no more than 5; the load asks for 9 (");
    }

    @Test
    void withoutAFreeHostItIsAtItsMaximum() {
        Fleet fleet = Fleet.of(3, 90_000, 1)
                .with("relay4", "blue", State.LOST, 0, 0)
                .with("relay5", "blue", State.LOST, 0, 0)
                .with("relay6", "blue", State.DRAINS, 10, 0);
        Decision decision = fleet.decide();
        assertHolds(decision, Cause.MAXIMUM);
        // The alert of the maximum compares these two.
        assertThat(decision.figures()).contains(new Figures(3, 10, 3));
    }

    @Test
    void belowTheMinimumItIsRestored() {
        Decision decision = Fleet.of(1, 0, 0.01).decide();
        assertThat(decision.verb()).isEqualTo(Verb.SCALE_OUT);
        assertThat(decision.hosts()).containsExactly("relay2");
        assertThat(decision.reasons()).extracting(Reason::cause).containsExactly(Cause.LOAD, Cause.MINIMUM);
    }

    @Test
    void theLeastLoadedIsTakenAwayAndOnlyOne() {
        Fleet fleet = Fleet.of(0, 0, 0)
                .with("relay1", "blue", State.SERVES, 500, 0.02)
                .with("relay2", "blue", State.SERVES, 300, 0.02)
                .with("relay3", "blue", State.SERVES, 400, 0.02)
                .with("relay4", "blue", State.SERVES, 300, 0.02);
        Decision decision = fleet.decide();
        assertThat(decision.verb()).isEqualTo(Verb.SCALE_IN);
        // Of two that are equal the one that came last.
        assertThat(decision.hosts()).containsExactly("relay4");
        assertThat(decision.desired()).hasValue(3);
        assertThat(decision.sentence()).startsWith("Scale in by relay4, from 4 to 3 relays: the load asks for 2 (");
    }

    @Test
    void neverFewerThanTheMinimum() {
        assertHolds(Fleet.of(2, 100, 0.01).decide(), Cause.MINIMUM);
    }

    @Test
    void oneIsTakenAwayOnlyIfAFifthMoreWouldFitToo() {
        // Three may have 30,000: with the margin that is 25,000 now.
        assertThat(Fleet.of(4, 24_000, 0.4).decide().verb()).isEqualTo(Verb.SCALE_IN);
        assertHolds(Fleet.of(4, 25_004, 0.4).decide(), Cause.MARGIN);
    }

    @Test
    void aLoadThatIsLowOnlyNowTakesNoneAway() {
        assertHolds(Fleet.of(4, 100, 0.1).peak(28_000, 0.2).decide(), Cause.MARGIN);
        assertHolds(Fleet.of(4, 100, 0.1).peak(100, 2.2).decide(), Cause.MARGIN);
        assertThat(Fleet.of(4, 100, 0.1).peak(20_000, 1).decide().verb()).isEqualTo(Verb.SCALE_IN);
    }

    @Test
    void withoutTheLastPeakNoneIsTakenAway() {
        assertHolds(Fleet.of(4, 100, 0.1).withoutPeak().decide(), Cause.UNKNOWN);
        // More relays do not depend on it.
        assertThat(Fleet.of(3, 45_000, 0.6).withoutPeak().decide().verb()).isEqualTo(Verb.SCALE_OUT);
    }

    @Test
    void theLoadOfADrainingRelayIsForTheOthers() {
        Fleet fleet = Fleet.of(3, 30_000, 0.6).is(2, State.DRAINS);
        Decision decision = fleet.decide();
        assertThat(decision.figures().map(Figures::nodes)).contains(2);
        assertThat(decision.verb()).isEqualTo(Verb.SCALE_OUT);
        assertThat(decision.hosts()).containsExactly("relay4");
    }

    @Test
    void whileOneDrainsOrIsLostNoneIsTakenAway() {
        assertHolds(Fleet.of(5, 100, 0.1).is(4, State.DRAINS).decide(), Cause.DRAIN);
        assertHolds(Fleet.of(5, 100, 0.1).is(4, State.LOST).decide(), Cause.RELAY_LOST);
    }

    @Test
    void aRelayThatHasJustVanishedMayBeBackAtOnce() {
        assertHolds(Fleet.of(3, 90_000, 0.6).is(1, State.LATELY_LOST).decide(), Cause.RELAY_LOST);
        // After three minutes another one stands in for it.
        assertThat(Fleet.of(3, 27_000, 0.6).is(1, State.LOST).decide().hosts()).containsExactly("relay4");
    }

    @ParameterizedTest
    @CsvSource({"299, HOLD", "300, SCALE_OUT"})
    void severalMinutesPassFromAnyChangeToMoreRelays(int seconds, Verb verb) {
        Decision decision = Fleet.of(3, 45_000, 0.6).decide(changed(Duration.ofSeconds(seconds)));
        assertThat(decision.verb()).isEqualTo(verb);
    }

    @ParameterizedTest
    @CsvSource({"300, HOLD", "899, HOLD", "900, SCALE_IN"})
    void aQuarterOfAnHourPassesFromAnyChangeToFewer(int seconds, Verb verb) {
        Decision decision = Fleet.of(4, 100, 0.1).decide(changed(Duration.ofSeconds(seconds)));
        assertThat(decision.verb()).isEqualTo(verb);
    }

    @Test
    void theCooldownSaysWhatComesAfterIt() {
        Decision decision = Fleet.of(3, 45_000, 0.6).decide(changed(Duration.ofSeconds(100)));
        assertHolds(decision, Cause.COOLDOWN);
        assertThat(decision.desired()).hasValue(3);
        assertThat(decision.sentence())
                .startsWith(
                        "Hold at 3 relays: they changed only just, so it is 5 in 3 min 20 s at the soonest; the load");
    }

    @Test
    void whatIsNotKnownHolds() {
        History before = new History(NOW.minusSeconds(9_000), OptionalInt.of(4), Instant.EPOCH, Optional.empty());
        Decision decision = POLICY.decide(new Observation.Unknown("Prometheus does not answer"), before, NOW);
        assertHolds(decision, Cause.UNKNOWN);
        assertThat(decision.figures()).isEmpty();
        assertThat(decision.desired()).hasValue(4);
        assertThat(decision.sentence()).isEqualTo("Hold: Prometheus does not answer");
        assertHolds(Fleet.of(0, 0, 0).decide(), Cause.UNKNOWN);
        assertHolds(Fleet.of(1, 0, 0).is(0, State.LOST).decide(), Cause.UNKNOWN);
    }

    @Test
    void aDeploymentHolds() {
        assertHolds(Fleet.of(3, 90_000, 0.6).locked().decide(), Cause.DEPLOYMENT);
        assertHolds(Fleet.of(5, 0, 0.1).locked().decide(), Cause.DEPLOYMENT);
    }

    @Test
    void oneThingAtATime() {
        History busy =
                new History(QUIET.changed(), OptionalInt.of(4), Instant.EPOCH, Optional.of("scale_out of relay4"));
        Decision decision = Fleet.of(3, 90_000, 0.6).locked().decide(busy);
        assertHolds(decision, Cause.UNDER_WAY);
        // Still desired, or the alert of a fleet that flaps would count this.
        assertThat(decision.desired()).hasValue(4);
    }

    @Test
    void whatFailedIsNotTriedAgainAtOnce() {
        History failed = new History(QUIET.changed(), OptionalInt.of(5), NOW.plusSeconds(60), Optional.empty());
        Decision decision = Fleet.of(3, 45_000, 0.6).decide(failed);
        assertHolds(decision, Cause.BACKOFF);
        assertThat(decision.desired()).hasValue(5);
        assertThat(decision.sentence()).contains("the last attempt failed, the next one is in 1 min");
        assertHolds(Fleet.of(4, 100, 0.1).decide(failed), Cause.BACKOFF);
        assertHolds(Fleet.of(2, 100, 0.1).decide(failed), Cause.MINIMUM);
    }

    @Test
    void theActiveColourIsWhereTheClientsAre() {
        Fleet fleet = Fleet.of(2, 19_000, 0.4)
                .with("relay1", "green", State.SERVES, 400, 0.01)
                .with("relay2", "green", State.SERVES, 400, 0.01)
                .with("relay3", "green", State.SERVES, 0, 0.01);
        // Remnants on the other colour belong to the load, its relays do not.
        assertThat(fleet.decide().figures()).contains(new Figures(2, 3, 5));
        assertThat(fleet.decide().hosts()).containsExactly("relay3");
    }

    @Test
    void mixedColoursHold() {
        Decision decision = Fleet.of(3, 94_000, 0.6)
                .with("relay1", "green", State.SERVES, 6_000, 0.01)
                .decide();
        assertHolds(decision, Cause.COLOUR_UNCLEAR);
        assertThat(decision.sentence()).contains("{blue=93999, green=6000}");
        assertHolds(
                Fleet.of(2, 0, 0.01).with("relay1", "green", State.SERVES, 0, 0).decide(), Cause.COLOUR_UNCLEAR);
    }

    @Test
    void aRelayOnAnotherHostCountsAndIsNotTakenAway() {
        Fleet fleet = Fleet.of(0, 0, 0)
                .with("guest1", "blue", State.SERVES, 10, 0)
                .with("relay1", "blue", State.SERVES, 20, 0)
                .with("relay2", "blue", State.SERVES, 30, 0);
        assertThat(fleet.decide().hosts()).containsExactly("relay1");
        Fleet guests = Fleet.of(0, 0, 0);
        for (String host : List.of("guest1", "guest2", "guest3")) {
            guests.with(host, "blue", State.SERVES, 10, 0);
        }
        assertHolds(guests.decide(), Cause.UNKNOWN);
    }

    @Test
    void aloneItMayBeIfThereIsOnlyOne() {
        FleetPolicy alone = new FleetPolicy(
                List.of("relay1"), 1, 1, 10_000, 0.6, 0.9, Duration.ofSeconds(300), Duration.ofHours(1));
        Decision decision = alone.decide(Fleet.of(1, 5_000, 0.2).seen(), QUIET, NOW);
        assertHolds(decision, Cause.MINIMUM);
        assertThat(decision.figures()).contains(new Figures(1, 1, 1));
    }

    @Test
    void withoutALimitOnlyProcessorsBoundTheOthers() {
        RelayNode any = new RelayNode("relay1-blue", "relay1", "blue", State.SERVES, 9_000, 0.3, 0);
        RelayNode other = new RelayNode("relay2-blue", "relay2", "blue", State.SERVES, 9_000, 0.3, 0);
        Observation.Load load = new Observation.Load(List.of(any, other), Optional.empty(), false);
        assertThat(POLICY.decide(load, QUIET, NOW).figures()).contains(new Figures(2, 2, 5));
    }

    @Test
    void aNodeIsItsHostAndItsColour() {
        assertThat(RelayNode.hostOf("relay1-blue", "blue")).isEqualTo("relay1");
        assertThat(RelayNode.hostOf("eu-relay-1-blue", "blue")).isEqualTo("eu-relay-1");
        assertThat(RelayNode.hostOf("relay-1", "blue")).isEqualTo("relay-1");
        assertThat(RelayNode.hostOf("relay-1", "")).isEqualTo("relay-1");
        assertThat(RelayNode.hostOf("-blue", "blue")).isEqualTo("-blue");
    }
}
