package dev.heliograph.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What `make chaos` runs, in short.
class ChaosTest {

    @Test
    void nothingIsLostWhileRelaysRedisAndPubSubBreak() throws Exception {
        Scenario.Outcome outcome = Scenario.ofOneRedis(Scale.SHORT);
        assertThat(outcome.faults()).as("%s", outcome.figures()).isEmpty();
    }

    @Test
    void nothingIsLostWhileRedisFailsOver() throws Exception {
        Scenario.Outcome outcome = Scenario.ofFailover(Scale.SHORT);
        assertThat(outcome.faults()).as("%s", outcome.figures()).isEmpty();
    }

    @Test
    void repeatedPublishesAreDeliveredOnceWhileRelaysDie() throws Exception {
        Scenario.Outcome outcome = Scenario.ofRepeatedPublishes(Scale.SHORT.idempotent());
        assertThat(outcome.faults()).as("%s", outcome.figures()).isEmpty();
    }
}
