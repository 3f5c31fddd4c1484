package dev.heliograph.console.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.testing.Deployments;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.Deployment;
import dev.heliograph.console.wire.DeploymentPhase;
import dev.heliograph.console.wire.DeploymentStrategy;
import dev.heliograph.console.wire.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeploymentPollTest {

    private final TestWorkspace test = new TestWorkspace();
    private final DeploymentPoll poll = new DeploymentPoll(test.workspace());

    private void tell(Deployment deployment) {
        test.api.answer("deployment", _ -> deployment);
    }

    private DeploymentState hear(Deployment deployment) {
        tell(deployment);
        test.clock.pass(DeploymentPoll.IDLE);
        test.background.tick();
        return poll.state().get();
    }

    private int asked() {
        return test.api.asked("deployment").size();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i += 2) {
            test.clock.pass(DeploymentPoll.UNDER_WAY);
            test.background.tick();
        }
    }

    @Test
    void aClusterWithoutADeploymentIsAskedSeldom() {
        poll.start();
        assertThat(test.background.pauses()).containsExactly(Duration.ofSeconds(2));
        test.background.tick();
        assertThat(poll.state().get().known()).isTrue();
        assertThat(poll.state().get().deployment()).isEmpty();
        pass(8);
        assertThat(asked()).isEqualTo(1);
        pass(2);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void whileOneGoesOnItIsAskedOftenAndNotAfterwards() {
        poll.start();
        tell(Deployments.in(DeploymentPhase.CANARY, 1));
        test.background.tick();
        pass(10);
        assertThat(asked()).isEqualTo(6);
        tell(Deployments.in(DeploymentPhase.DONE, 12));
        pass(2);
        assertThat(poll.state().get().underWay()).isFalse();
        pass(8);
        assertThat(asked()).isEqualTo(7);
    }

    @Test
    void whoLooksAgainIsToldAtOnceAndWhoDoesNotCostsNothing() {
        poll.start();
        test.background.tick();
        poll.stop();
        assertThat(test.background.pauses()).isEmpty();
        poll.start();
        test.background.tick();
        assertThat(asked()).isEqualTo(2);
        poll.close();
        assertThat(test.background.pauses()).isEmpty();
    }

    @Test
    void whatWasToldStaysWhenNothingComesAnyMore() {
        poll.start();
        hear(Deployments.in(DeploymentPhase.SWITCH, 1));
        test.api.fail("deployment", AdminException.Kind.UNREACHABLE, "No node answers.");
        pass(2);
        assertThat(poll.state().get().problem()).contains("No node answers.");
        assertThat(poll.state().get().deployment()).isPresent();
        assertThat(hear(Deployments.in(DeploymentPhase.DRAIN, 4)).problem()).isEmpty();
    }

    @Test
    void itIsRememberedWhereItWentWrong() {
        poll.start();
        assertThat(hear(Deployments.in(DeploymentPhase.SMOKE, 1)).reached()).contains(DeploymentPhase.SMOKE);
        assertThat(hear(Deployments.in(DeploymentPhase.ROLLING_BACK, 2)).reached())
                .contains(DeploymentPhase.SMOKE);
        assertThat(hear(Deployments.in(DeploymentPhase.ROLLED_BACK, 3)).reached())
                .contains(DeploymentPhase.SMOKE);
        assertThat(hear(Deployments.of("d-2", DeploymentStrategy.BLUE_GREEN, DeploymentPhase.FAILED, 4))
                        .reached())
                .isEmpty();
    }

    @Test
    void whoWasNotThereKnowsOfACanaryThatFailed() {
        poll.start();
        assertThat(hear(Deployments.in(
                                DeploymentPhase.ROLLED_BACK,
                                9,
                                Deployments.verdict(5, Verdict.PASS),
                                Deployments.verdict(25, Verdict.FAIL)))
                        .reached())
                .contains(DeploymentPhase.CANARY);
    }
}
