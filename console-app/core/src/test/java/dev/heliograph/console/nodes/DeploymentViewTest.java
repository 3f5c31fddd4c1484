package dev.heliograph.console.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.nodes.DeploymentView.ColourShare;
import dev.heliograph.console.nodes.DeploymentView.Moving;
import dev.heliograph.console.nodes.DeploymentView.Progress;
import dev.heliograph.console.nodes.DeploymentView.Standing;
import dev.heliograph.console.testing.Deployments;
import dev.heliograph.console.testing.Samples;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.Deployment;
import dev.heliograph.console.wire.DeploymentPhase;
import dev.heliograph.console.wire.DeploymentStrategy;
import dev.heliograph.console.wire.DrainKind;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.DrainState;
import dev.heliograph.console.wire.DrainsMessage;
import dev.heliograph.console.wire.NodesMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.wire.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeploymentViewTest {

    private final TestWorkspace test = new TestWorkspace();
    private final NodesModel model = new NodesModel(test.workspace());

    private Optional<DeploymentView> view() {
        return DeploymentView.of(model.deployment().get(), model.state().get(), test.clock.instant());
    }

    /// Ten seconds later, so that it is asked for in any case.
    private DeploymentView hear(Deployment deployment) {
        test.api.answer("deployment", _ -> deployment);
        test.clock.pass(Duration.ofSeconds(10));
        test.background.tick();
        return view().orElseThrow();
    }

    private static List<Progress> steps(DeploymentView view) {
        return view.steps().stream().map(DeploymentView.Step::progress).toList();
    }

    private static DrainRow drain(String node, DrainKind kind, DrainState state, int total, int moved) {
        return new DrainRow(
                node, node + "-id", kind, state, total, moved, total - moved, 600, 100, 100, 98.5, 1_000L, "");
    }

    @Test
    void beforeTheFirstThereIsNothingToSee() {
        model.shown();
        assertThat(model.deployment().get().known()).isFalse();
        test.background.tick();
        assertThat(model.deployment().get().known()).isTrue();
        assertThat(view()).isEmpty();
        model.hidden();
        assertThat(test.background.pauses()).isEmpty();
    }

    @Test
    void oneThatGoesOnSaysHowFarItIs() {
        model.shown();
        test.feed.say(
                Topic.NODES,
                new NodesMessage(
                        "nodes",
                        List.of(
                                Samples.node("n1", "n1-id", "1.1.0", "blue", 750, 0),
                                Samples.node("n2", "n2-id", "1.2.0", "green", 250, 0))));
        DeploymentView view = hear(Deployments.in(
                DeploymentPhase.CANARY,
                4,
                Deployments.verdict(5, Verdict.PASS),
                Deployments.verdict(25, Verdict.RUNNING, "400 of 1,000 requests", "no errors")));
        assertThat(view.standing()).isEqualTo(Standing.UNDER_WAY);
        assertThat(view.versions()).isEqualTo("1.1.0 → 1.2.0");
        assertThat(view.colours())
                .containsExactly(
                        new ColourShare("blue", Optional.of(0.75)), new ColourShare("green", Optional.of(0.25)));
        assertThat(view.when()).isEqualTo("ann@ops1, since 2026-03-01 12:00:00, for 10 s");
        assertThat(view.updated()).isEqualTo("told 6 s ago");
        assertThat(view.canary()).contains(25);
        assertThat(view.note()).isEqualTo("all is well");
        assertThat(steps(view))
                .containsExactly(
                        Progress.DONE,
                        Progress.DONE,
                        Progress.DONE,
                        Progress.CURRENT,
                        Progress.TO_COME,
                        Progress.TO_COME,
                        Progress.TO_COME,
                        Progress.TO_COME,
                        Progress.TO_COME);
        assertThat(view.steps().get(3).sentence()).isEqualTo("Canary: under way");
        assertThat(view.verdicts())
                .extracting(each -> each.percent() + " " + each.word() + " " + each.reasons())
                .containsExactly("Canary 25 % Comparing 400 of 1,000 requests; no errors", "Canary 5 % Pass ");
        assertThat(view.sentence())
                .isEqualTo("1.1.0 → 1.2.0. Under way. ann@ops1, since 2026-03-01 12:00:00, for 10 s."
                        + " Canary: under way. all is well");
    }

    @Test
    void theDrainIsThatOfTheNodesOfBefore() {
        model.shown();
        test.feed.say(
                Topic.NODES,
                new NodesMessage(
                        "nodes",
                        List.of(
                                Samples.node("n1", "n1-id", "1.1.0", "blue", 10, 0),
                                Samples.node("n2", "n2-id", "1.1.0", "blue", 10, 0),
                                Samples.node("n3", "n3-id", "1.1.0", "blue", 10, 0),
                                Samples.node("n4", "n4-id", "1.2.0", "green", 10, 0))));
        assertThat(hear(Deployments.in(DeploymentPhase.DRAIN, 4)).drain()).isEmpty();
        test.feed.say(
                Topic.DRAINS,
                new DrainsMessage(
                        "drains",
                        true,
                        List.of(
                                drain("n1", DrainKind.DRAIN, DrainState.DONE, 1_000, 1_000),
                                drain("n2", DrainKind.DRAIN, DrainState.RUNNING, 1_000, 250),
                                drain("n3", DrainKind.DRAIN, DrainState.PAUSED, 500, 0),
                                drain("n4", DrainKind.DRAIN, DrainState.RUNNING, 7_000, 0)),
                        List.of()));
        Moving moving = view().orElseThrow().drain().orElseThrow();
        assertThat(moving.progress()).isEqualTo(0.5);
        assertThat(moving.sentence()).isEqualTo("1,250 of 2,500 moved, 99/s, 3 nodes, 1 paused");
        assertThat(hear(Deployments.in(DeploymentPhase.DONE, 14)).drain()).isEmpty();
    }

    @Test
    void oneThatIsDoneSaysWhenAndHowLongItTook() {
        model.shown();
        DeploymentView view = hear(Deployments.in(DeploymentPhase.DONE, 185));
        assertThat(view.standing()).isEqualTo(Standing.DONE);
        assertThat(view.when()).isEqualTo("ann@ops1, done 2026-03-01 12:03:05, 3 min 5 s after it began");
        assertThat(view.updated()).isEmpty();
        assertThat(steps(view)).hasSize(9).containsOnly(Progress.DONE);
    }

    @Test
    void oneThatWasRolledBackSaysWhereItWentWrong() {
        model.shown();
        hear(Deployments.in(DeploymentPhase.SWITCH, 5));
        DeploymentView going = hear(Deployments.in(DeploymentPhase.ROLLING_BACK, 15));
        assertThat(going.status()).isEqualTo("Rolling back");
        assertThat(going.when()).isEqualTo("ann@ops1, going back to 1.1.0; it began 2026-03-01 12:00:00");
        assertThat(going.steps().getLast().sentence()).isEqualTo("Rolling back: under way");
        DeploymentView view = hear(Deployments.in(DeploymentPhase.ROLLED_BACK, 25));
        assertThat(view.standing().wentWrong()).isTrue();
        assertThat(view.when()).isEqualTo("ann@ops1, rolled back to 1.1.0 at 2026-03-01 12:00:25, 25 s after it began");
        assertThat(view.steps())
                .extracting(DeploymentView.Step::sentence)
                .containsExactly(
                        "Preflight: done",
                        "Install: done",
                        "Smoke test: done",
                        "Canary: done",
                        "Switch: went wrong",
                        "Drain: not reached",
                        "Bake: not reached",
                        "Retire: not reached",
                        "Rolled back: what was before is there again");
    }

    @Test
    void oneThatFailedUnseenClaimsNothingOfItsPhases() {
        model.shown();
        DeploymentView view = hear(Deployments.in(DeploymentPhase.FAILED, 5));
        assertThat(view.status()).isEqualTo("Failed");
        assertThat(steps(view).subList(0, 8)).containsOnly(Progress.LEFT_OUT);
        assertThat(view.steps().getLast().progress()).isEqualTo(Progress.FAILED);
    }

    @Test
    void aRollingOneHasNoPhasesOfTwoColours() {
        model.shown();
        DeploymentView view = hear(Deployments.of("d-1", DeploymentStrategy.ROLLING, DeploymentPhase.DRAIN, 1));
        assertThat(view.colours()).isEmpty();
        assertThat(view.steps())
                .extracting(DeploymentView.Step::word)
                .containsExactly("Preflight", "Install", "Smoke test", "Drain", "Bake", "Done");
        assertThat(hear(Deployments.of("d-1", DeploymentStrategy.ROLLING, DeploymentPhase.CANARY, 2))
                        .steps())
                .extracting(DeploymentView.Step::word)
                .contains("Canary");
    }
}
