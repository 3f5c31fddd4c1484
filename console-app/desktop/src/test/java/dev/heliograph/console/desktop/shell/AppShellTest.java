package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.TickingClock;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppShellTest extends UiTest {

    private ShellFixture fixture;

    @BeforeEach
    void open() {
        fixture = onFx(ShellFixture::staging);
        closeLater(fixture.shell);
        show(() -> fixture.shell);
        runOnFx(() -> fixture.shell.shown());
        settle();
    }

    @Test
    void pagesAreReachedByMouseAndByKeyAndOnlyTheOneInSightIsShown() {
        click("page-bans");
        press(KeyCode.CONTROL, KeyCode.DIGIT2);

        assertThat(onFx(() -> fixture.shell.current())).isEqualTo("connections");
        assertThat(fixture.happened)
                .containsExactly("overview shown", "overview hidden", "bans shown", "bans hidden", "connections shown");
        assertThat(focused()).contains(find("connections-field"));
    }

    @Test
    void aLetterIsACommandUnlessSomebodyTypes() {
        press(KeyCode.N);
        assertThat(fixture.happened).doesNotContain("overview new");

        runOnFx(() -> find0("page-overview").requestFocus());
        press(KeyCode.N);

        assertThat(fixture.happened).contains("overview new");
    }

    @Test
    void thePaletteFindsByAFewLettersAndRunsWithEnter() {
        press(KeyCode.CONTROL, KeyCode.K);
        write("palette-field", "gtban");
        ListView<?> list = find("palette-list", ListView.class);
        await("found", () -> ((Action) list.getItems().getFirst()).id().equals("open.bans"));

        press(KeyCode.ENTER);

        await("bans in sight", () -> fixture.shell.current().equals("bans"));
        assertThat(isShown("palette")).isFalse();
    }

    @Test
    void theSheetOfKeysHasThoseOfThePage() {
        runOnFx(() -> find0("page-overview").requestFocus());
        write("?");

        awaitText("New one of overview");
        assertThat(isTextShown("Go to Connections")).isTrue();
        press(KeyCode.ESCAPE);
        awaitNoText("New one of overview");
    }

    @Test
    void itIsReadOnlyUntilItIsArmed() {
        awaitText("Read-only");

        click("arm-button");
        click("arm-60");
        click("do-arm");

        awaitText("Armed 1:00:00");
        assertThat(fixture.workspace.gate().isArmed()).isTrue();
        press(KeyCode.CONTROL, KeyCode.E);
        awaitText("Read-only");
    }

    @Test
    void aClusterThatDoesNotAnswerIsSaidToBeStale() {
        AdminException cause = new AdminException(AdminException.Kind.UNREACHABLE, "10.0.0.1:9100 refuses.");

        fixture.workspace.link().set(new LinkState.Stale(Toolkit.CLOCK.instant().minusSeconds(12), cause));
        awaitText("Stale 12 s: no node answers, what you see is of 09:26:41. 10.0.0.1:9100 refuses.");
        fixture.workspace.link().set(Fakes.LIVE);
        awaitNoText("Stale");
    }

    @Test
    void aTokenThatIsNotAcceptedCanBeReplaced() {
        AdminException cause = new AdminException(AdminException.Kind.UNAUTHENTICATED, "The token has expired.");

        fixture.workspace.link().set(new LinkState.SignedOut(cause));
        awaitText("Signed out: The token has expired.");
        click("sign-in");

        assertThat(fixture.happened).contains("sign in");
    }

    @Test
    void everyButtonHasANameThatCanBeRead() {
        assertThat(onFx(() -> fixture.shell.lookupAll(".button").stream()
                        .map(Button.class::cast)
                        .filter(b -> (b.getText() == null || b.getText().isBlank()) && b.getAccessibleText() == null)
                        .toList()))
                .isEmpty();
    }

    @Test
    void twoActionsWithOneKeyAreAMistake() {
        assertThatThrownBy(() -> runOnFx(
                        () -> fixture.shell.actions().add(Action.of("x.y", "Do something else", "Ctrl+K", () -> {}))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shell.palette");
    }

    @Test
    void pictures() {
        GoldenPicture.check("shell", () -> {
            TickingClock clock = new TickingClock();
            Workspace workspace = Fakes.workspace(Fakes.api(), clock);
            ShellFixture made = new ShellFixture(workspace, ClusterLook.of("fra-edge", "production"));
            workspace.gate().arm(Duration.ofMinutes(15));
            workspace
                    .link()
                    .set(new LinkState.Stale(
                            Toolkit.CLOCK.instant().minusSeconds(12),
                            new AdminException(
                                    AdminException.Kind.UNREACHABLE, "10.0.0.1:9100 does not answer within 5 s.")));
            Toasts toasts = made.shell.layers().toasts();
            toasts.warn("The token is kept in memory only. The keyring does not answer.");
            toasts.done("Banned 203.0.113.0/24; 312 connections ended.", Optional.of(() -> {}));
            clock.pass(Duration.ofSeconds(4));
            toasts.tick();
            return made.shell;
        });
        GoldenPicture.check("shell-palette", () -> ShellFixture.staging().shell, shell -> run(shell, "shell.palette"));
        GoldenPicture.check("shell-keys", () -> ShellFixture.staging().shell, shell -> run(shell, "shell.keys"));
    }

    @Test
    void pictureOfTheWaysToOtherClusters() {
        GoldenPicture.check(
                "shell-clusters",
                () -> new ShellFixture(Fakes.workspace(), new ClusterLook("fra-edge", "production", "#9333ea")).shell,
                shell -> shell.choose(List.of(
                        Action.withoutKey("window.to.ber-edge", text("window.to", "ber-edge"), () -> {}),
                        Action.withoutKey("window.to.staging", text("window.to", "staging"), () -> {}),
                        Action.of("window.connect", text("window.connect"), "Ctrl+O", () -> {}),
                        Action.of("window.leave", text("window.leave"), "Ctrl+W", () -> {}))));
    }

    @Test
    void picturesOfAnErrorOfTheConsole() {
        IllegalStateException error = new IllegalStateException("row 41 has no cell for the column Rate");
        error.setStackTrace(new StackTraceElement[] {
            new StackTraceElement(
                    "dev.heliograph.console.desktop.ui.table.LiveTable", "publish", "LiveTable.java", 218),
            new StackTraceElement("dev.heliograph.console.desktop.ui.Fx$Shown", "run", "Fx.java", 79),
            new StackTraceElement("javafx.application.Platform", "runLater", "Platform.java", 83)
        });
        GoldenPicture.check("sheet-error", () -> ShellFixture.staging().shell, shell -> shell.tellUnexpected(error));
        GoldenPicture.check("sheet-error-details", () -> ShellFixture.staging().shell, shell -> {
            shell.tellUnexpected(error);
            ((TitledPane) shell.lookup(".titled-pane")).setExpanded(true);
        });
    }

    private static void run(AppShell shell, String action) {
        shell.actions().all().stream()
                .filter(a -> a.id().equals(action))
                .findFirst()
                .orElseThrow()
                .run()
                .run();
    }

    /// Without waiting, on JavaFX's thread.
    private Node find0(String id) {
        return fixture.shell.lookup("#" + id);
    }
}
