package dev.heliograph.console.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.runbook.RunbookException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SheetCommanderTest extends UiTest {

    private ShellFixture fixture;

    @BeforeEach
    void open() {
        fixture = onFx(ShellFixture::staging);
        closeLater(fixture.shell);
        show(() -> fixture.shell);
        runOnFx(() -> fixture.shell.shown());
        settle();
        fixture.workspace.gate().role().set(Optional.of(Role.OPERATOR));
    }

    @Test
    void whatCanBeUndoneIsDoneAtOnceAndUndoneWithAClick() {
        fixture.workspace.gate().arm(Duration.ofMinutes(5));

        offer(fixture.ban(Risk.UNDOABLE));
        awaitText("Banned 203.0.113.0/24; 312 connections ended.");
        assertThat(fixture.happened).contains("ban ");
        click("undo");

        awaitText("Lifted the ban of 203.0.113.0/24.");
        assertThat(fixture.happened).contains("lift");
        assertThat(fixture.workspace.journal().entries().get()).hasSize(2);
    }

    @Test
    void whatIsRiskyIsConfirmedWithAReason() {
        fixture.workspace.gate().arm(Duration.ofMinutes(5));

        offer(fixture.ban(Risk.CONFIRM));
        awaitText("312 of 10,000 connections = 3.1 %");
        assertThat(texts())
                .contains("203.0.113.0/24", "relay-2 could not be asked: its connections are not counted.", "Ban");
        await("the keyboard is at the reason", () -> focusedId().equals("reason"));
        write("handshake flood");
        press(KeyCode.ENTER);

        awaitText("Banned 203.0.113.0/24; 312 connections ended.");
        assertThat(fixture.happened).contains("ban handshake flood");
    }

    @Test
    void whatIsMostDangerousWantsTheNameOfTheCluster() {
        fixture.workspace.gate().arm(Duration.ofMinutes(5));

        offer(fixture.ban(Risk.TYPE_NAME));
        Button confirm = find("do-confirm", Button.class);
        assertThat(confirm.isDisabled()).isTrue();
        await("the keyboard is at the name", () -> focusedId().equals("typed-name"));
        write("dem");
        press(KeyCode.ENTER);
        assertThat(fixture.happened).doesNotContain("ban ");
        write("o");
        await("possible", () -> !confirm.isDisabled());
        press(KeyCode.ENTER);

        awaitText("Banned 203.0.113.0/24; 312 connections ended.");
    }

    @Test
    void escapeDoesNothing() {
        fixture.workspace.gate().arm(Duration.ofMinutes(5));
        offer(fixture.ban(Risk.CONFIRM));
        find("do-confirm");

        press(KeyCode.ESCAPE);

        await("closed", () -> !fixture.shell.layers().sheets().isOpen());
        assertThat(fixture.happened).noneMatch(h -> h.startsWith("ban"));
        await("the keyboard is back", () -> focusedId().equals("overview-field"));
    }

    @Test
    void whileItIsReadOnlyItOffersToArmAndGoesOn() {
        offer(fixture.ban(Risk.CONFIRM));
        awaitText("The console is read-only. To go on with \"Ban 203.0.113.0/24\", arm it first.");

        click("do-arm");

        awaitText("312 of 10,000 connections = 3.1 %");
        assertThat(fixture.workspace.gate().isArmed()).isTrue();
    }

    @Test
    void aRoleThatIsTooSmallIsTold() {
        fixture.workspace.gate().role().set(Optional.of(Role.VIEWER));

        offer(fixture.ban(Risk.CONFIRM));

        awaitText("This needs the role operator; your token has the role viewer.");
    }

    @Test
    void whatFailsWhileItIsPreparedIsToldAndTriedAgain() {
        fixture.workspace.gate().arm(Duration.ofMinutes(5));
        AtomicInteger tries = new AtomicInteger();
        runOnFx(() -> fixture.shell.layers().commander().offer("Counting who would be hit", () -> {
            if (tries.incrementAndGet() == 1) {
                throw new AdminException(AdminException.Kind.UNAVAILABLE, "The Redis of the cluster is away.");
            }
            return fixture.ban(Risk.CONFIRM);
        }));

        awaitText("The Redis of the cluster is away.");
        click("retry");

        awaitText("312 of 10,000 connections = 3.1 %");
    }

    @Test
    void whatARunbookCannotDoIsTheSentenceOfItsStepAndCanBeCopied() {
        fixture.workspace.gate().arm(Duration.ofMinutes(5));
        runOnFx(() -> fixture.shell.layers().commander().offer("Deploy", () -> {
            throw new RunbookException("There is no inventory. By hand: ansible-playbook deploy.yml");
        }));

        awaitText("There is no inventory. By hand: ansible-playbook deploy.yml");
        click("copy-sentence");
        assertThat(onFx(() -> Clipboard.getSystemClipboard().getString()))
                .isEqualTo("There is no inventory. By hand: ansible-playbook deploy.yml");
    }

    @Test
    void whatFailsWhileItIsDoneStaysOnTheSheet() {
        fixture.workspace.gate().arm(Duration.ofMinutes(5));
        AtomicInteger tries = new AtomicInteger();
        offer(working(Risk.CONFIRM, _ -> {
            if (tries.incrementAndGet() == 1) {
                throw new AdminException(AdminException.Kind.CONFLICT, "This would shut you out.");
            }
            return new Outcome("Done.", Optional.empty());
        }));

        click("do-confirm");
        awaitText("This would shut you out.");
        assertThat(fixture.workspace.journal().entries().get()).isEmpty();
        click("do-confirm");

        awaitText("Done.");
    }

    @Test
    void whatTakesLongShowsItAndIsGivenUp() {
        CountDownLatch interrupted = new CountDownLatch(1);
        runOnFx(() -> fixture.shell.layers().commander().offer("Counting who would be hit", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            throw new AssertionError();
        }));

        awaitText("Counting who would be hit");
        click("cancel");

        await("interrupted", () -> interrupted.getCount() == 0);
        await("closed", () -> !fixture.shell.layers().sheets().isOpen());
    }

    @Test
    void whoStopsWaitingForAChangeIsToldToLookFirst() {
        fixture.workspace.gate().arm(Duration.ofMinutes(5));
        offer(working(Risk.CONFIRM, _ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return new Outcome("never told", Optional.empty());
        }));
        click("do-confirm");
        await(
                "it is done",
                () -> ((Button) fixture.shell.lookup("#cancel")).getText().equals("Stop waiting"));

        click("cancel");

        awaitText("It may have been done nevertheless");
        assertThat(find("do-confirm", Button.class).isDisabled()).isTrue();
    }

    @Test
    void theJournalHasWhatWasDoneAndUndoesItOnce() {
        fixture.workspace.gate().arm(Duration.ofMinutes(5));
        offer(fixture.ban(Risk.UNDOABLE));
        awaitText("Banned 203.0.113.0/24; 312 connections ended.");

        press(KeyCode.CONTROL, KeyCode.J);
        clickText("Lift the ban of 203.0.113.0/24");
        awaitText("Lifted the ban of 203.0.113.0/24.");
        press(KeyCode.CONTROL, KeyCode.J);

        awaitText("undone");
        assertThat(fixture.happened).containsOnlyOnce("lift");
    }

    @Test
    void pictures() {
        GoldenPicture.check("sheet-confirm", () -> ShellFixture.staging().shell, shell -> {
            ConfirmSheet sheet = new ConfirmSheet(fixture.ban(Risk.CONFIRM), Optional.empty(), _ -> {}, () -> {});
            shell.layers().sheets().show(sheet);
            sheet.failed("The address you come from, 203.0.113.7, is in this network.", false);
        });
        GoldenPicture.check(
                "sheet-type-name",
                () -> ShellFixture.staging().shell,
                shell -> shell.layers()
                        .sheets()
                        .show(new ConfirmSheet(fixture.ban(Risk.TYPE_NAME), Optional.of("demo"), _ -> {}, () -> {})));
        GoldenPicture.check(
                "sheet-arm",
                () -> ShellFixture.staging().shell,
                shell -> shell.layers().commander().offerToArm(Optional.of("Ban 203.0.113.0/24"), () -> {}));
    }

    private void offer(Proposal proposal) {
        runOnFx(() -> fixture.shell.layers().commander().offer("Preparing", () -> proposal));
    }

    private static Proposal working(Risk risk, Proposal.Work work) {
        return new Proposal("x", "Do it", risk, Role.OPERATOR, List.of(), Optional.empty(), List.of(), work);
    }

    private String focusedId() {
        return Optional.ofNullable(stage().getScene().getFocusOwner())
                .map(node -> String.valueOf(node.getId()))
                .orElse("");
    }
}
