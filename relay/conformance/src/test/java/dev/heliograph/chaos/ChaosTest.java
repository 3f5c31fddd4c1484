package dev.heliograph.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What `make chaos` runs, in short.
class ChaosTest {

    @Test
    void nothingIsLostWhileRelaysRedisAndPubSubBreak() throws Exception {
        Scenario.Outcome outcome = Scenario.ofOneRedis(Scale.SHORT, Scale.SHORT.messages() * 3 / 4);
        System.out.println("RESULT " + outcome.figures());
        assertThat(outcome.faults()).isEmpty();
    }

    @Test
    void nothingIsLostWhileRedisFailsOver() throws Exception {
        Scenario.Outcome outcome = Scenario.ofFailover(Scale.SHORT, Scale.SHORT.messages() / 4);
        System.out.println("RESULT " + outcome.figures());
        assertThat(outcome.faults()).isEmpty();
    }

    @Test
    void repeatedPublishesAreDeliveredOnceWhileRelaysDie() throws Exception {
        Scenario.Outcome outcome = Scenario.ofRepeatedPublishes(Scale.SHORT.idempotent());
        System.out.println("RESULT " + outcome.figures());
        assertThat(outcome.faults()).isEmpty();
    }
}
