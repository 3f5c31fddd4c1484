package dev.heliograph.console.desktop.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.RealCluster;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.limits.LimitsModel;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitRow;
import dev.heliograph.testkit.JsonClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitsPageTest extends UiTest {

    private static RealCluster cluster;

    private final FakeCommander commander = new FakeCommander();
    private LimitsModel model;

    @BeforeAll
    static void relays() {
        cluster = RealCluster.start(1);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void page() {
        model = new LimitsModel(cluster.workspace());
        show(() -> {
            LimitsPage page = closeLater(new LimitsPage(model, commander));
            page.shown();
            return page.view();
        });
    }

    private Proposal.Outcome perform(int number, String reason) {
        Proposal proposal = commander.awaitProposal(number);
        Proposal.Outcome outcome = proposal.work().perform(reason);
        cluster.workspace().journal().add(proposal, outcome);
        return outcome;
    }

    private static List<LimitRow> limits() {
        return cluster.workspace().api().limits().limits().stream()
                .filter(row -> !row.configured())
                .toList();
    }

    private static void awaitLimits(String what, int count) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(() -> limits().size() == count);
    }

    private void fill(String name, String rate, String burst) {
        click("limit-new");
        write("limit-name", name);
        write("limit-rate", rate);
        write("limit-burst", burst);
        await(
                "staging is possible",
                () -> !stage().getScene().lookup("#limit-stage").isDisabled());
    }

    @Test
    void aLimitIsStagedTriedOutSeenByAClientOnRecordAndTakenBack() {
        try (JsonClient bob = cluster.relays().connect(0, "bob")) {
            fill("no-chatter", "0.01", "1");
            awaitText("1 of 1 connections = 100.0 %");
            assertThat(limits()).isEmpty();
            click("limit-stage");
            awaitText("1 change is staged: nothing is in force yet");
            assertThat(limits()).isEmpty();
            click("limits-apply");
            Proposal proposal = commander.awaitProposal(1);
            // A dry run touches nobody.
            assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
            perform(1, "chatter");
            awaitText("On trial: no-chatter. Taken back in");
            assertThat(limits()).singleElement().satisfies(row -> {
                assertThat(row.rule().mode()).isEqualTo(LimitMode.DRY_RUN);
                assertThat(row.expiresAt()).isNotNull();
            });
            bob.publish("chat:limits", "1");
            bob.publish("chat:limits", "2");
            Awaitility.await("what it would have rejected")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> limits().getFirst().wouldReject() > 0);
            click("limits-keep");
            perform(2, "");
            awaitNoText("On trial");
            assertThat(limits().getFirst().expiresAt()).isNull();

            click("limit-cancel");
            clickText("no-chatter");
            awaitText("Would have rejected");
            click("limit-edit");
            ComboBox<?> mode = find("limit-mode", ComboBox.class);
            runOnFx(() -> mode.getSelectionModel().selectFirst());
            click("limit-stage");
            click("limits-apply");
            assertThat(commander.awaitProposal(3).risk()).isEqualTo(Risk.TYPE_NAME);
            Proposal.Outcome enforced = perform(3, "enough");
            bob.publish("chat:limits", "3");
            assertThatExceptionOfType(JsonClient.ErrorReply.class)
                    .isThrownBy(() -> bob.publish("chat:limits", "4"))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(111));
            List<AuditRow> audit = cluster.workspace()
                    .api()
                    .audit(new AuditQuestion(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("ann"),
                            Optional.of("limit_rule.put"),
                            Optional.of("enough"),
                            Optional.empty(),
                            10))
                    .entries();
            assertThat(audit)
                    .singleElement()
                    .satisfies(row -> assertThat(row.reason()).contains("on trial until"));
            enforced.undo().orElseThrow().work().perform("");
            bob.publish("chat:limits", "5");
            bob.publish("chat:limits", "6");
            assertThat(limits())
                    .singleElement()
                    .satisfies(row -> assertThat(row.rule().mode()).isEqualTo(LimitMode.DRY_RUN));

            model.stageRemoval("no-chatter");
            click("limits-apply");
            perform(4, "");
            assertThat(limits()).isEmpty();
            click("limits-revert");
            awaitLimits("the limit is back", 1);
            awaitText("The limits are as they were before the trial.");
            model.stageRemoval("no-chatter");
            runOnFx(() -> commander.offer("apply", () -> model.apply(Optional.empty())));
            perform(5, "");
            awaitLimits("no limit", 0);
        }
    }

    @Test
    void whatIsNotKeptEndsByItselfAlsoWithoutAConsole() {
        fill("short", "5", "5");
        click("limit-stage");
        awaitText("1 change is staged");
        runOnFx(() -> commander.offer("apply", () -> model.apply(Optional.of(Duration.ofSeconds(2)))));
        perform(1, "");
        // The console forgets it, as one that has crashed: the relay itself lets the limit expire.
        assertThat(limits()).hasSize(1);
        awaitLimits("its end", 0);
    }

    @Test
    void aFormTellsWhatIsWrongAndLimitsOfTheConfigurationAreOnlyShown() {
        click("limit-new");
        write("limit-name", "Bad Name");
        awaitText("A name has 1 to 63 lower case letters");
        assertThat(find("limit-stage").isDisabled()).isTrue();
        write("limit-cidr", "10.0.0.0/99");
        awaitText("/99 is not a prefix length of 0 to 32.");
        click("limit-cancel");
        assertThat(isShown("limit-editor")).isFalse();
    }
}
