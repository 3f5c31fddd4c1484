package dev.heliograph.console.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.testing.Bench;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitOperation;
import dev.heliograph.console.wire.LimitRate;
import dev.heliograph.console.wire.LimitScope;
import dev.heliograph.console.wire.LimitState;
import dev.heliograph.console.wire.LimitWish;
import dev.heliograph.console.wire.LimitsMessage;
import dev.heliograph.console.wire.PreviewView;
import dev.heliograph.console.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitsModelTest {

    private static final Optional<Duration> TRIAL = Optional.of(LimitsModel.TRIAL);
    private static final PreviewView NOBODY = new PreviewView(0, 0, List.of());

    private final Bench bench = new Bench();
    private final LimitsModel model = new LimitsModel(bench.workspace);

    private static LimitWish publishes(double rate, LimitMode mode) {
        return new LimitWish(
                0, LimitOperation.PUBLISH, LimitScope.USER, null, null, null, null, rate, 10.0, null, mode, null);
    }

    private void there(String name, double rate) {
        bench.workspace.api().putLimit(name, publishes(rate, LimitMode.ENFORCE), Change.because(""));
    }

    private LimitState rule(String name) {
        return bench.relay.limit(name).rule();
    }

    private void stage(String name, double rate) {
        model.stage(name, publishes(rate, LimitMode.ENFORCE), NOBODY);
    }

    @Test
    void limitsAreShownWithWhatTheyDoNow() {
        there("slow", 5);
        model.shown();
        bench.feed.say(Topic.LIMITS, new LimitsMessage("limits", List.of(new LimitRate("slow", 12, 3, 0))));
        assertThat(model.limits().get().data().orElseThrow()).singleElement().satisfies(row -> {
            assertThat(row.name()).isEqualTo("slow");
            assertThat(LimitTexts.amount(row.rule())).isEqualTo("5/s, burst 10");
        });
        assertThat(model.rates().get().get("slow")).isEqualTo(new LimitRate("slow", 12, 3, 0));
        bench.feed.interrupt(new AdminException(AdminException.Kind.UNREACHABLE, "gone"));
        assertThat(model.rates().get()).isEmpty();
        assertThat(model.liveProblem().get()).contains("gone");
        model.hidden();
        assertThat(bench.isBusy()).isFalse();
    }

    @Test
    void aFormIsToldWhomItWouldHit() {
        bench.relay.hit = 40;
        there("slow", 5);
        LimitForm form = LimitForm.of(bench.relay.limit("slow"));
        model.preview(form);
        LimitsModel.Outlook outlook = model.outlook().get().data().orElseThrow();
        assertThat(outlook.blast().sentence()).isEqualTo("40 of 1,000 connections = 4.0 %");
        assertThat(outlook.before()).isPresent();
    }

    @Test
    void whatIsStagedIsAppliedTogetherAndKept() {
        there("loose", 5);
        there("gone", 5);
        stage("fresh", 1);
        stage("loose", 50);
        model.stageRemoval("gone");
        stage("fresh", 2);
        assertThat(model.staged().get()).extracting(Staged::name).containsExactly("loose", "gone", "fresh");
        Proposal proposal = model.apply(TRIAL);
        assertThat(proposal.title()).isEqualTo("Apply 3 changes of limits together");
        assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
        assertThat(proposal.warnings()).singleElement().asString().contains("loose, gone will stay as changed");
        assertThat(rule("loose").rate()).isEqualTo(5);

        bench.perform(proposal, "storm");
        assertThat(model.staged().get()).isEmpty();
        assertThat(rule("loose").rate()).isEqualTo(50);
        assertThat(bench.relay.limits).doesNotContainKey("gone");
        assertThat(bench.relay.limit("fresh").expiresAt())
                .isEqualTo(bench.start.plus(LimitsModel.TRIAL).toEpochMilli());
        assertThat(model.trial().running().get().orElseThrow().unguarded()).containsExactly("loose", "gone");

        assertThat(model.keep().risk()).isEqualTo(Risk.UNDOABLE);
        bench.perform(model.keep(), "");
        assertThat(bench.relay.limit("fresh").expiresAt()).isNull();
        bench.clock.pass(Duration.ofHours(1));
        bench.tick();
        assertThat(rule("loose").rate()).isEqualTo(50);
        assertThat(rule("fresh").rate()).isEqualTo(2);
        assertThat(bench.isBusy()).isFalse();
    }

    @Test
    void whatIsNotKeptIsTakenBackWhenItsTimeIsOver() {
        there("loose", 5);
        there("gone", 7);
        stage("fresh", 1);
        stage("loose", 50);
        model.stageRemoval("gone");
        bench.perform(model.apply(TRIAL), "storm");
        bench.clock.pass(LimitsModel.TRIAL.minusSeconds(1));
        bench.tick();
        assertThat(rule("loose").rate()).isEqualTo(50);
        bench.clock.pass(Duration.ofSeconds(1));
        bench.tick();
        assertThat(rule("loose").rate()).isEqualTo(5);
        assertThat(rule("gone").rate()).isEqualTo(7);
        assertThat(bench.relay.limits).doesNotContainKey("fresh");
        assertThat(model.trial().running().get()).isEmpty();
        assertThat(model.trial().ended().get()).contains("The limits are as they were before the trial.");
        assertThatExceptionOfType(AdminException.class).isThrownBy(() -> bench.perform(model.keep(), ""));
    }

    @Test
    void aTighterLimitStandsBesideTheOldOneSoThatItEndsEvenWithoutAConsole() {
        there("tight", 5);
        stage("tight", 1);
        Proposal proposal = model.apply(TRIAL);
        assertThat(proposal.warnings()).isEmpty();
        bench.perform(proposal, "");
        assertThat(rule("tight").rate()).isEqualTo(5);
        assertThat(rule("tight-trial").rate()).isEqualTo(1);
        assertThat(bench.relay.limit("tight-trial").expiresAt()).isNotNull();
        bench.perform(model.keep(), "");
        assertThat(rule("tight").rate()).isEqualTo(1);
        assertThat(bench.relay.limits).containsOnlyKeys("tight");
    }

    @Test
    void whenOneFailsThoseBeforeItAreTakenBackAndNothingIsOnTrial() {
        there("loose", 5);
        there("gone", 7);
        stage("fresh", 1);
        stage("loose", 50);
        model.stageRemoval("gone");
        Proposal proposal = model.apply(TRIAL);
        int calls = bench.relay.calls.size();
        bench.relay.failing = method -> method.equals("deleteLimit") && bench.relay.calls.size() <= calls + 3;
        assertThatExceptionOfType(AdminException.class)
                .isThrownBy(() -> bench.perform(proposal, ""))
                .withMessage("gone failed: The cluster cannot do it now. The 2 changes before it were taken back.");
        assertThat(rule("loose").rate()).isEqualTo(5);
        assertThat(bench.relay.limits).containsOnlyKeys("loose", "gone");
        assertThat(model.trial().running().get()).isEmpty();
        assertThat(model.staged().get()).hasSize(3);
    }

    @Test
    void whatCannotBeTakenBackIsTriedAgainUntilItIs() {
        there("loose", 5);
        stage("loose", 50);
        bench.perform(model.apply(TRIAL), "");
        bench.clock.pass(LimitsModel.TRIAL);
        bench.relay.failing = _ -> true;
        bench.tick();
        assertThat(model.trial().running().get().orElseThrow().problem()).contains("The cluster cannot do it now.");
        bench.relay.failing = _ -> false;
        bench.tick();
        assertThat(rule("loose").rate()).isEqualTo(5);
        assertThat(model.trial().running().get()).isEmpty();
    }

    @Test
    void whatSomebodyElseHasChangedMeanwhileIsLeftAlone() {
        there("loose", 5);
        stage("loose", 50);
        bench.perform(model.apply(TRIAL), "");
        bench.clock.pass(Duration.ofSeconds(10));
        there("loose", 30);
        bench.clock.pass(LimitsModel.TRIAL);
        bench.tick();
        assertThat(rule("loose").rate()).isEqualTo(30);
        assertThat(model.trial().ended().get().orElseThrow()).endsWith("left alone: loose.");
    }

    @Test
    void aConsoleThatClosesTakesBackWhatIsOnTrial() {
        there("loose", 5);
        stage("loose", 50);
        bench.perform(model.apply(TRIAL), "");
        model.close();
        assertThat(rule("loose").rate()).isEqualTo(5);
    }

    @Test
    void anAppliedChangeIsUndoneWhileItIsOnTrialAndWhenItWasKept() {
        there("tight", 5);
        stage("tight", 1);
        Proposal.Outcome first = bench.perform(model.apply(TRIAL), "");
        first.undo().orElseThrow().work().perform("");
        assertThat(bench.relay.limits).containsOnlyKeys("tight");
        assertThat(model.trial().running().get()).isEmpty();

        stage("tight", 1);
        Proposal.Outcome second = bench.perform(model.apply(TRIAL), "");
        bench.perform(model.keep(), "");
        second.undo().orElseThrow().work().perform("");
        assertThat(rule("tight").rate()).isEqualTo(5);

        stage("tight", 1);
        Proposal.Outcome stays = bench.perform(model.apply(Optional.empty()), "");
        assertThat(rule("tight").rate()).isEqualTo(1);
        assertThat(model.trial().running().get()).isEmpty();
        stays.undo().orElseThrow().work().perform("");
        assertThat(rule("tight").rate()).isEqualTo(5);
    }

    @Test
    void anEnforcedLimitForMoreThanAQuarterAsksForTheNameAndADryRunDoesNot() {
        bench.relay.hit = 900;
        stage("fresh", 1);
        assertThat(model.apply(TRIAL).risk()).isEqualTo(Risk.TYPE_NAME);
        model.stage("fresh", publishes(1, LimitMode.DRY_RUN), NOBODY);
        assertThat(model.apply(TRIAL).risk()).isEqualTo(Risk.CONFIRM);
        model.unstage("fresh");
        assertThatExceptionOfType(AdminException.class)
                .isThrownBy(() -> model.apply(TRIAL))
                .withMessage("Nothing is staged.");
    }

    @Test
    void thereIsOneTrialAtATime() {
        stage("first", 1);
        bench.perform(model.apply(TRIAL), "");
        stage("second", 1);
        Proposal second = model.apply(TRIAL);
        assertThatExceptionOfType(AdminException.class).isThrownBy(() -> bench.perform(second, ""));
        assertThat(bench.relay.limits).containsOnlyKeys("first");
        model.revertNow();
        assertThat(bench.relay.limits).isEmpty();
    }
}
