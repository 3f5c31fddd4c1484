package dev.heliograph.console.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.testing.Samples;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.DrainAnswer;
import dev.heliograph.console.wire.DrainKind;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.DrainState;
import dev.heliograph.console.wire.DrainWish;
import dev.heliograph.console.wire.DrainsMessage;
import dev.heliograph.console.wire.NodeList;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodeTraffic;
import dev.heliograph.console.wire.NodesMessage;
import dev.heliograph.console.wire.RebalanceAnswer;
import dev.heliograph.console.wire.RebalanceWish;
import dev.heliograph.console.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NodesModelTest {

    private final TestWorkspace test = new TestWorkspace();
    private final NodesModel model = new NodesModel(test.workspace());

    private void nodes(NodeRow... rows) {
        test.feed.say(Topic.NODES, new NodesMessage("nodes", List.of(rows)));
    }

    private NodesState state() {
        return model.state().get();
    }

    private static NodeRow node(String name, String colour, String version, int clients, long refused) {
        return Samples.node(name, name + "-id", version, colour, clients, refused);
    }

    private static DrainRow drain(String node, DrainState state, int total, int moved, @Nullable Long eta) {
        return new DrainRow(
                node, node + "-id", DrainKind.DRAIN, state, total, moved, total - moved, 600, 100, 100, 98.5, eta, "");
    }

    @Test
    void coloursAreComparedByTheirSharesAndRates() {
        model.shown();
        nodes(node("n1", "blue", "1.0", 600, 0), node("n2", "blue", "1.0", 200, 0), node("n3", "green", "1.1", 200, 0));
        test.clock.pass(Duration.ofSeconds(10));
        nodes(
                node("n1", "blue", "1.0", 700, 20),
                node("n2", "blue", "1.0", 200, 0),
                node("n3", "green", "1.1", 100, 50));
        assertThat(state().total()).isEqualTo(1_000);
        assertThat(state().colours()).extracting(ColourView::colour).containsExactly("blue", "green");
        ColourView blue = state().colours().getFirst();
        assertThat(blue.nodes()).isEqualTo(2);
        assertThat(blue.share()).isEqualTo(0.9);
        assertThat(state().node("n1").orElseThrow().rates().orElseThrow().refused())
                .isEqualTo(2);
        assertThat(state().node("n1").orElseThrow().rates().orElseThrow().accepted())
                .isEqualTo(10);
        assertThat(state().warnings())
                .extracting(Warning::kind)
                .containsExactly(Warning.Kind.VERSIONS, Warning.Kind.COLOURS, Warning.Kind.IMBALANCE);
    }

    @Test
    void aColourIsAsSlowAsItsSlowestNodeAndFailsAsOftenAsAllOfThem() {
        model.shown();
        nodes(with(node("n1", "green", "1.1", 10, 0), 0, 4.0), with(node("n2", "green", "1.1", 10, 0), 0, 80.0));
        test.clock.pass(Duration.ofSeconds(10));
        nodes(with(node("n1", "green", "1.1", 10, 0), 30, 4.0), with(node("n2", "green", "1.1", 10, 0), 50, 80.0));
        ColourView green = state().colours().getFirst();
        assertThat(green.worst()).contains(80.0);
        assertThat(green.median()).contains(20.0);
        assertThat(green.rates().orElseThrow().errors()).isEqualTo(8);
    }

    private static NodeRow with(NodeRow row, long errors, double p99) {
        return new NodeRow(
                row.id(),
                row.name(),
                row.address(),
                row.version(),
                row.colour(),
                row.self(),
                row.draining(),
                row.started(),
                row.clients(),
                row.users(),
                row.channels(),
                row.subscriptions(),
                row.cpu(),
                row.processors(),
                row.rss(),
                row.handshakesAccepted(),
                row.handshakesRefused(),
                new NodeTraffic(0, 0, 0, 0, errors, 0, 0, p99 / 4, p99 / 2, p99));
    }

    @Test
    void ratesAreThoseOfTheLastSecondsAndUnknownAfterARestart() {
        model.shown();
        for (int i = 0; i <= 30; i++) {
            nodes(node("n1", "blue", "1.0", 600, i < 20 ? 0 : 5L * (i - 20)));
            test.clock.pass(Duration.ofSeconds(1));
        }
        assertThat(state().node("n1").orElseThrow().rates().orElseThrow().refused())
                .isCloseTo(4, within(1.0));
        nodes(Samples.node("n1", "another-id", "1.0", "blue", 3, 0));
        assertThat(state().node("n1").orElseThrow().rates()).isEmpty();
        assertThat(state().nodes()).hasSize(1);
    }

    @Test
    void aNodeThatIsGoneIsMissingForAWhileAndThenForgotten() {
        model.shown();
        nodes(node("n1", "blue", "1.0", 10, 0), node("n2", "blue", "1.0", 10, 0));
        test.clock.pass(Duration.ofSeconds(12));
        nodes(node("n1", "blue", "1.0", 20, 0));
        NodeView gone = state().node("n2").orElseThrow();
        assertThat(gone.health()).isEqualTo(NodeView.Health.MISSING);
        assertThat(gone.share()).isZero();
        assertThat(state().warnings()).extracting(Warning::sentence).containsExactly("n2 is missing since 12 s.");
        test.clock.pass(Duration.ofMinutes(11));
        nodes(node("n1", "blue", "1.0", 20, 0));
        assertThat(state().nodes()).hasSize(1);
    }

    @Test
    void aDrainIsSeenWithItsProgress() {
        model.shown();
        nodes(node("n1", "blue", "1.0", 600, 0));
        test.feed.say(
                Topic.DRAINS,
                new DrainsMessage(
                        "drains", true, List.of(drain("n1", DrainState.RUNNING, 1_000, 400, 6_000L)), List.of("n9")));
        NodeView node = state().node("n1").orElseThrow();
        assertThat(node.draining()).isTrue();
        assertThat(DrainTexts.progress(node.drain().orElseThrow())).isEqualTo(0.4);
        assertThat(DrainTexts.progressSentence(node.drain().orElseThrow()))
                .isEqualTo("400 of 1,000 moved, 99/s of 100/s, 6 s left");
        assertThat(state().warnings()).extracting(Warning::sentence).contains("n9 does not answer.");
    }

    @Test
    void whatWasThereStaysWhenNothingComesAnyMore() {
        model.shown();
        nodes(node("n1", "blue", "1.0", 600, 0));
        test.feed.interrupt(new AdminException(AdminException.Kind.UNREACHABLE, "No node answers."));
        assertThat(state().problem()).isPresent();
        assertThat(state().nodes()).hasSize(1);
        nodes(node("n1", "blue", "1.0", 601, 0));
        assertThat(state().problem()).isEmpty();
        model.hidden();
        assertThat(test.feed.wishes()).isEmpty();
    }

    @Test
    void drainingANodeTakesItsClustersNameAndShowsTheBlastAndTheTime() {
        test.api
                .answer(
                        "nodes",
                        _ -> new NodeList(
                                List.of(node("n1", "blue", "1.0", 600, 0), node("n2", "blue", "1.0", 400, 0))))
                .answer("startDrain", asked -> {
                    assertThat(asked.argument(1, DrainWish.class).percent()).isEqualTo(100.0);
                    boolean dry = asked.argument(2, Change.class).dryRun();
                    return new DrainAnswer(
                            drain("n1", dry ? DrainState.IDLE : DrainState.RUNNING, 600, 0, 6_000L), dry);
                })
                .answer(
                        "cancelDrain",
                        asked -> new DrainAnswer(
                                drain("n1", DrainState.CANCELLED, 600, 100, null),
                                asked.argument(1, Change.class).dryRun()));
        Proposal proposal = model.drain("n1", DrainPlan.atPace(100, 100));
        assertThat(proposal.risk()).isEqualTo(Risk.TYPE_NAME);
        assertThat(proposal.blast().orElseThrow().sentence()).isEqualTo("600 of 1,000 connections = 60.0 %");
        assertThat(proposal.parameters()).contains(new Parameter("Takes about", "6 s"));
        assertThat(proposal.warnings()).hasSize(1);
        assertThat(test.api.asked("startDrain")).hasSize(1);

        Outcome outcome = proposal.work().perform("kernel");
        assertThat(test.api
                        .asked("startDrain")
                        .getLast()
                        .argument(2, Change.class)
                        .reason())
                .isEqualTo("kernel");
        Outcome undone = outcome.undo().orElseThrow().work().perform("");
        assertThat(undone.sentence()).contains("100 have moved; a rebalance brings some back");
        assertThat(test.api.asked("cancelDrain")).hasSize(1);
    }

    @Test
    void pausingIsUndoneByGoingOn() {
        test.api
                .answer(
                        "pauseDrain",
                        asked -> new DrainAnswer(
                                drain("n1", DrainState.PAUSED, 600, 100, null),
                                asked.argument(1, Change.class).dryRun()))
                .answer(
                        "resumeDrain",
                        asked -> new DrainAnswer(
                                drain("n1", DrainState.RUNNING, 600, 100, null),
                                asked.argument(1, Change.class).dryRun()));
        Proposal proposal = model.pause("n1");
        assertThat(proposal.risk()).isEqualTo(Risk.UNDOABLE);
        Outcome outcome = proposal.work().perform("");
        assertThat(outcome.sentence()).isEqualTo("Paused the drain of n1; 500 clients are left");
        outcome.undo().orElseThrow().work().perform("");
        assertThat(test.api.asked("resumeDrain")).hasSize(1);
    }

    @Test
    void aRebalanceOfFewIsConfirmedAndOneOfManyTakesTheName() {
        test.api
                .answer("nodes", _ -> new NodeList(List.of(node("n1", "blue", "1.0", 1_000, 0))))
                .answer(
                        "rebalance",
                        asked -> new RebalanceAnswer(
                                List.of(drain(
                                        "n1",
                                        DrainState.IDLE,
                                        asked.argument(0, RebalanceWish.class).perSecond() > 10 ? 300 : 100,
                                        0,
                                        null)),
                                true));
        assertThat(model.rebalance(5, Optional.empty()).risk()).isEqualTo(Risk.CONFIRM);
        assertThat(model.rebalance(50, Optional.of(5.0)).risk()).isEqualTo(Risk.TYPE_NAME);
    }

    @Test
    void aPlanWithoutPaceOrWithTwoIsNone() {
        assertThatThrownBy(() -> new DrainPlan(100, Optional.empty(), Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DrainPlan.atPace(0, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DrainPlan.within(50, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
