package dev.heliograph.console.desktop.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.Rows;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.TickingClock;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.nodes.NodesModel;
import dev.heliograph.console.wire.Deployment;
import dev.heliograph.console.wire.DeploymentPhase;
import dev.heliograph.console.wire.DeploymentStrategy;
import dev.heliograph.console.wire.DeploymentVerdict;
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
import dev.heliograph.console.wire.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NodesPageTest extends UiTest {

    private final List<LiveFeed.Listener> listeners = new CopyOnWriteArrayList<>();
    private final FakeCommander commander = new FakeCommander();
    private final StubApi api = new StubApi()
            .answer("nodes", _ -> new NodeList(Rows.nodes()))
            .answer(
                    "startDrain",
                    asked -> new DrainAnswer(
                            drain("relay-1", DrainState.IDLE, 4_102, 0, ((DrainWish) asked.get(1)).deadlineMs()), true))
            .answer("pauseDrain", _ -> new DrainAnswer(drain("relay-1", DrainState.PAUSED, 4_102, 900, null), true));
    private final TickingClock clock = new TickingClock();
    private final NodesModel model = new NodesModel(Fakes.workspace(
            api.api(),
            (_, listener) -> {
                listeners.add(listener);
                return () -> listeners.remove(listener);
            },
            clock));

    private static DrainRow drain(String node, DrainState state, int total, int moved, @Nullable Long eta) {
        return new DrainRow(
                node,
                node + "-id",
                DrainKind.DRAIN,
                state,
                total,
                moved,
                total - moved,
                total - moved,
                100,
                100,
                99.2,
                eta,
                state == DrainState.RUNNING ? "the other nodes refuse 1.2 % of their handshakes" : "");
    }

    private void hear(List<NodeRow> nodes) {
        listeners.forEach(each -> each.onMessage(new NodesMessage("nodes", nodes)));
    }

    /// Twice, ten seconds apart: green fails more often and is slower.
    private void hearTraffic() {
        hear(Rows.nodes().stream()
                .map(row -> Rows.with(row, traffic(0, 0, 1.8)))
                .toList());
        clock.pass(Duration.ofSeconds(10));
        hear(Rows.nodes().stream()
                .map(row -> Rows.with(
                        row, row.colour().equals("green") ? traffic(21_300, 184, 212) : traffic(48_250, 12, 9.6)))
                .toList());
    }

    private static NodeTraffic traffic(long delivered, long errors, double p99) {
        return new NodeTraffic(delivered / 10, delivered, 0, 0, errors, 0, 0, p99 / 4, p99 / 2, p99);
    }

    private void drains(DrainRow... rows) {
        listeners.forEach(each -> each.onMessage(new DrainsMessage("drains", true, List.of(rows), List.of())));
    }

    private NodesPage shown() {
        NodesPage page = closeLater(onFx(() -> new NodesPage(model, commander, Toolkit.CLOCK)));
        show(page::view);
        runOnFx(page::shown);
        return page;
    }

    @Test
    void aDrainIsPlannedWithItsTimeAndProposed() {
        NodesPage page = shown();
        hear(Rows.nodes());
        assertThat(find("drain-node", Button.class).isDisabled()).isTrue();
        clickText("relay-1");
        click("drain-node");
        awaitText("4,102 clients at 100/s: about 41 s.");
        write("drain-share", "50");
        awaitText("2,051 clients at 100/s: about 20 s.");
        write("drain-pace", "fast");
        awaitText("A pace is a number greater than 0.");
        assertThat(find("drain-preview", Button.class).isDisabled()).isTrue();
        click("drain-by-time");
        write("drain-within", "10m");
        press(KeyCode.ENTER);
        assertThat(commander.awaitProposal(1).risk()).isEqualTo(Risk.TYPE_NAME);
        assertThat(commander.awaitProposal(1).blast().orElseThrow().sentence())
                .isEqualTo("4,102 of 10,000 connections = 41.0 %");
        assertThat(page.actions())
                .extracting(action -> action.key().isPresent())
                .containsOnly(true);
    }

    @Test
    void aDrainThatGoesOnIsPaused() {
        shown();
        hear(Rows.nodes());
        drains(drain("relay-1", DrainState.RUNNING, 4_102, 900, 32_000L));
        awaitText("900 of 4,102 moved, 99/s of 100/s, 32 s left");
        click("pause-relay-1");
        assertThat(commander.awaitProposal(1).action()).isEqualTo("drain.pause");
        drains(drain("relay-1", DrainState.PAUSED, 4_102, 900, null));
        awaitText("900 of 4,102 moved, paused with 3,202 left");
        assertThat(isShown("resume-relay-1")).isTrue();
        assertThat(isShown("pause-relay-1")).isFalse();
        drains(drain("relay-1", DrainState.CANCELLED, 4_102, 900, null));
        awaitText("No node is being drained.");
    }

    @Test
    void whatWasHeardStaysWhenNothingComesAnyMore() {
        shown();
        hear(Rows.nodes());
        findText("relay-1");
        listeners.forEach(
                each -> each.onInterrupted(new AdminException(AdminException.Kind.UNREACHABLE, "No node answers.")));
        awaitText("No node answers.");
        assertThat(isTextShown("relay-1")).isTrue();
    }

    private static Deployment deployment(
            DeploymentPhase phase, int canary, String note, List<DeploymentVerdict> verdicts) {
        return new Deployment(
                "20260314T091500Z-ab12",
                "1.5.0",
                "1.4.0",
                "blue",
                "green",
                DeploymentStrategy.BLUE_GREEN,
                phase,
                canary,
                "alice@ops1",
                Instant.parse("2026-03-14T09:15:00Z").toEpochMilli(),
                Instant.parse("2026-03-14T09:26:41Z").toEpochMilli(),
                note,
                verdicts);
    }

    private static DeploymentVerdict verdict(int percent, Verdict verdict, String... reasons) {
        return new DeploymentVerdict(
                percent,
                verdict,
                List.of(reasons),
                Instant.parse("2026-03-14T09:20:00Z").toEpochMilli() + percent * 1_000L);
    }

    /// What the cluster says when it is asked, which it is by now.
    private void tell(Deployment... told) {
        for (Deployment each : told) {
            api.answer("deployment", _ -> each);
            clock.pass(Duration.ofSeconds(10));
            model.shown();
            await("the deployment", () -> model.deployment().get().deployment().equals(Optional.of(each)));
        }
    }

    private void awaitNoDeployment() {
        await("an answer", () -> model.deployment().get().known());
    }

    @Test
    void olderVerdictsAreShownWhenTheyAreAskedForWithTheKeyboard() {
        shown();
        awaitText("No deployment yet.");
        tell(deployment(
                DeploymentPhase.CANARY,
                50,
                "",
                List.of(
                        verdict(1, Verdict.INCONCLUSIVE, "12 of 100 requests"),
                        verdict(5, Verdict.PASS),
                        verdict(10, Verdict.PASS),
                        verdict(25, Verdict.PASS),
                        verdict(50, Verdict.RUNNING))));
        awaitText("2 earlier verdicts");
        assertThat(isTextShown("12 of 100 requests")).isFalse();
        runOnFx(find("deployment")::requestFocus);
        press(KeyCode.TAB);
        press(KeyCode.SPACE);
        awaitText("12 of 100 requests");
        press(KeyCode.SPACE);
        awaitNoText("12 of 100 requests");
    }

    @Test
    void whenTheClusterDoesNotAnswerTheDeploymentIsSaidToBeOfBefore() {
        shown();
        tell(deployment(DeploymentPhase.BAKE, 0, "", List.of()));
        api.answer("deployment", _ -> {
            throw new AdminException(AdminException.Kind.UNREACHABLE, "No node answers.");
        });
        awaitText("Not of now: No node answers.");
        assertThat(isTextShown("1.4.0 → 1.5.0")).isTrue();
    }

    @Test
    void aDeploymentLooksAsAccepted() {
        model.shown();
        tell(deployment(
                DeploymentPhase.DRAIN,
                0,
                "draining blue, 100 clients a second",
                List.of(
                        verdict(1, Verdict.INCONCLUSIVE, "12 of 100 requests"),
                        verdict(5, Verdict.PASS, "p99 9.6 ms against 9.4 ms"),
                        verdict(25, Verdict.PASS, "p99 9.8 ms against 9.4 ms"))));
        hearTraffic();
        drains(drain("relay-1", DrainState.RUNNING, 4_102, 900, 32_000L));
        GoldenPicture.check("nodes-deployment", () -> view("relay-1"));
        model.close();
    }

    @Test
    void aCanaryLooksAsAccepted() {
        model.shown();
        tell(deployment(
                DeploymentPhase.CANARY,
                25,
                "comparing for 60 s",
                List.of(
                        verdict(1, Verdict.INCONCLUSIVE, "12 of 100 requests"),
                        verdict(3, Verdict.PASS),
                        verdict(5, Verdict.PASS, "p99 9.6 ms against 9.4 ms"),
                        verdict(25, Verdict.RUNNING, "400 of 1,000 requests"))));
        hearTraffic();
        GoldenPicture.check("nodes-canary", () -> view("relay-1"));
        model.close();
    }

    @Test
    void oneThatWasRolledBackLooksAsAccepted() {
        model.shown();
        List<DeploymentVerdict> verdicts = List.of(
                verdict(5, Verdict.PASS, "p99 9.6 ms against 9.4 ms"),
                verdict(25, Verdict.FAIL, "p99 212 ms against 9.6 ms", "errors 0.9 % against 0.02 %"));
        tell(
                deployment(DeploymentPhase.CANARY, 25, "", verdicts),
                deployment(DeploymentPhase.ROLLED_BACK, 0, "blue has all clients again", verdicts));
        hearTraffic();
        GoldenPicture.check("nodes-rolled-back", () -> view("relay-1"));
        model.close();
    }

    @Test
    void oneThatIsDoneLooksAsAccepted() {
        model.shown();
        tell(deployment(DeploymentPhase.DONE, 0, "", List.of(verdict(25, Verdict.PASS))));
        hearTraffic();
        GoldenPicture.check("nodes-deployed", () -> view("relay-1"));
        model.close();
    }

    private Parent view(String selected) {
        NodesPage page = new NodesPage(model, commander, Toolkit.CLOCK);
        page.select(selected);
        return page.view();
    }

    @Test
    void looksAsAccepted() {
        model.shown();
        hearTraffic();
        awaitNoDeployment();
        drains(
                drain("relay-1", DrainState.RUNNING, 4_102, 900, 32_000L),
                drain("relay-3", DrainState.PAUSED, 1_888, 20, null));
        GoldenPicture.check("nodes", () -> view("relay-1"));
        model.close();
    }

    private Parent form() {
        Parent view = view("relay-2");
        ((Button) view.lookup("#drain-node")).fire();
        return view;
    }

    @Test
    void theFormLooksAsAccepted() {
        model.shown();
        hearTraffic();
        awaitNoDeployment();
        GoldenPicture.check("nodes-form", this::form);
        model.close();
    }

    @Test
    void theFormHasRoomWhileADeploymentGoesOn() {
        model.shown();
        tell(deployment(
                DeploymentPhase.CANARY,
                25,
                "comparing for 60 s",
                List.of(
                        verdict(1, Verdict.INCONCLUSIVE, "12 of 100 requests"),
                        verdict(3, Verdict.PASS),
                        verdict(5, Verdict.PASS),
                        verdict(25, Verdict.RUNNING, "400 of 1,000 requests"))));
        hearTraffic();
        GoldenPicture.check("nodes-form-canary", this::form);
        model.close();
    }

    @Test
    void withoutNewsItLooksAsAccepted() {
        model.shown();
        listeners.forEach(each ->
                each.onEnd(new AdminException(AdminException.Kind.UNREACHABLE, "No node of the cluster answers.")));
        awaitNoDeployment();
        GoldenPicture.check("nodes-failed", () -> view("relay-1"));
        model.close();
    }
}
