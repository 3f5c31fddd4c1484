package dev.heliograph.console.desktop.runbooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.run.RunState;
import dev.heliograph.runbook.run.StepState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The card of the ban in the runbook of a flood, from the first sight of it to its end.
final class BanCardTest extends UiTest {

    private static final String BAN = "ban";

    @TempDir
    private Path folder;

    private final FakeCommander commander = new FakeCommander();
    private int stubs;

    private FloodStub stub() {
        return new FloodStub(folder.resolve("state-" + ++stubs), FloodStub.RUNBOOKS);
    }

    private RunbooksPage page(FloodStub stub) {
        return new RunbooksPage(stub.model, commander, _ -> {}, new ChosenFiles().texts());
    }

    /// With the card of the ban in sight, live.
    private void show(FloodStub stub) {
        RunbooksPage page = closeLater(onFx(() -> page(stub)));
        show(page::view);
        runOnFx(page::shown);
        await("the card", () -> card().isPresent());
        runOnFx(() -> ((RunView) stage().getScene().lookup(".run-view"))
                .reveal(run(stub).runbook().step(BAN).orElseThrow()));
        settle();
    }

    private Optional<StepCard> card() {
        return Optional.ofNullable((StepCard) stage().getScene().lookup("#step-" + BAN));
    }

    private static RunState run(FloodStub stub) {
        return stub.model.state().get().run().orElseThrow();
    }

    private static void awaitStep(FloodStub stub, StepState expected) {
        Awaitility.await(expected.name()).atMost(PATIENCE).until(() -> run(stub).step(BAN) == expected);
    }

    private static Proposal.Outcome ban(FloodStub stub) {
        Proposal.Outcome outcome = stub.model.propose(BAN).work().perform("incident 7");
        stub.model.refresh();
        return outcome;
    }

    @Test
    void withoutANetworkNothingCanBeDone() throws Exception {
        FloodStub stub = stub();
        stub.begin(Map.of());
        show(stub);

        Button perform = find("perform-ban", Button.class);
        assertThat(perform.isDisabled()).isTrue();
        assertThat(onFx(() -> perform.getTooltip().getText())).isEqualTo("Say first: network");
        assertThat(isShown("take-back-ban")).isFalse();
        awaitText("To do");
    }

    @Test
    void whatDoesNotHoldBeforeIsSaidOnTheCardAndInTheConfirmation() throws Exception {
        FloodStub stub = stub();
        stub.flood.set(12);
        stub.begin();
        show(stub);

        awaitText("No: 12");
        click("perform-ban");
        Proposal proposal = commander.awaitProposal(1);
        assertThat(proposal.warnings())
                .anyMatch(each -> each.contains("connections(ip in 203.0.113.0/24) > 50") && each.contains("12"));
        assertThat(run(stub).step(BAN)).isEqualTo(StepState.OPEN);
    }

    @Test
    void whileItIsCheckedNobodyDoesItTwiceAndThenItCanBeTakenBack() throws Exception {
        FloodStub stub = stub();
        stub.staying.set(true);
        stub.begin();
        show(stub);
        click("perform-ban");
        commander.awaitProposal(1).work().perform("incident 7");

        awaitText("Checking");
        Button perform = find("perform-ban", Button.class);
        await("not twice", perform::isDisabled);
        assertThat(find("take-back-ban").isDisabled()).isFalse();
        assertThat(isShown("skip-ban")).isFalse();

        stub.staying.set(false);
        awaitStep(stub, StepState.DONE);
        awaitText("Do it again");
        click("take-back-ban");
        Proposal back = commander.awaitProposal(2);
        assertThat(back.action()).isEqualTo("ip_rule.delete");
        back.work().perform("");
        awaitText("Taken back");
        await("once", () -> !isShown("take-back-ban"));
    }

    @Test
    void itIsSkippedWithAReasonThatStaysOnTheCard() throws Exception {
        FloodStub stub = stub();
        stub.begin();
        show(stub);
        click("skip-ban");
        assertThat(find("skip-do-ban").isDisabled()).isTrue();
        write("skip-reason-ban", "it is the office");
        click("skip-do-ban");

        awaitText("Skipped");
        await(
                "the reason",
                () -> ((Label) card().orElseThrow().lookup("#why-ban"))
                        .getText()
                        .equals("it is the office"));
        assertThat(run(stub).step(BAN)).isEqualTo(StepState.SKIPPED);
        assertThat(find("perform-ban").isDisabled()).isFalse();
        assertThat(isShown("skip-ban")).isFalse();
    }

    @Test
    void theCardInItsStatesLooksAsAccepted() throws Exception {
        List<RunState> states = new ArrayList<>();
        FloodStub empty = stub();
        empty.begin(Map.of());
        states.add(run(empty));
        FloodStub calm = stub();
        calm.flood.set(12);
        calm.begin();
        states.add(run(calm));
        FloodStub running = stub();
        running.staying.set(true);
        running.begin();
        ban(running);
        states.add(run(running));
        FloodStub done = stub();
        done.begin();
        ban(done);
        awaitStep(done, StepState.DONE);
        states.add(run(done));
        done.model.proposeUndo(BAN).work().perform("");
        done.model.refresh();
        states.add(run(done));
        FloodStub skipped = stub();
        skipped.begin();
        skipped.model.skip(BAN, "it is the office, and they have been told");
        states.add(run(skipped));
        for (FloodStub each : List.of(empty, calm, running, done, skipped)) {
            each.model.close();
        }
        GoldenPicture.check("runbooks-ban-card", 720, 944, () -> {
            VBox cards = new VBox(10);
            cards.getStyleClass().add("runbooks-page");
            cards.getStylesheets().add(Styles.STYLESHEET);
            cards.setPadding(new Insets(16));
            for (RunState state : states) {
                StepCard card = new StepCard(state.runbook().step(BAN).orElseThrow(), new Nothing());
                card.show(state);
                cards.getChildren().add(card);
            }
            return cards;
        });
    }

    @Test
    void aRunWhoseBanIsDoneLooksAsAccepted() throws Exception {
        FloodStub stub = stub();
        stub.begin();
        stub.model.look("find").get();
        Awaitility.await().atMost(PATIENCE).until(() -> run(stub).step("find") == StepState.DONE);
        stub.model.skip("look", "a known customer");
        ban(stub);
        awaitStep(stub, StepState.DONE);
        stub.model.refresh();
        GoldenPicture.check("runbooks-done", () -> page(stub).view(), view -> {
            // Off a stage the toolkit would draw what it has drawn before, not what was scrolled to.
            view.lookup(".run-view .scroll-pane > .viewport").setCache(false);
            ((RunView) view.lookup(".run-view"))
                    .reveal(run(stub).runbook().step(BAN).orElseThrow());
        });
    }

    /// Cards that are only looked at.
    private static final class Nothing implements Deed {

        @Override
        public void perform(Step step) {}

        @Override
        public void takeBack(Step step) {}

        @Override
        public void stop(Step step) {}

        @Override
        public void skip(Step step, String reason) {}

        @Override
        public void reveal(Step step) {}

        @Override
        public void open(String destination) {}
    }
}
