package dev.heliograph.console.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.desktop.shell.ClusterLook;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.testkit.RelayCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operator sees of an error that nobody expected, in the window of the application.
class UncaughtTest extends UiTest {

    private static final String TITLE = "Something in the console went wrong";

    private static RelayCluster relays;

    private final Thread.@Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    @TempDir
    private Path home;

    // Made before each test.
    @SuppressWarnings("NullAway.Init")
    private Wiring wiring;

    @BeforeAll
    static void startRelays() {
        relays = RelayCluster.start(1);
    }

    @AfterAll
    static void stopRelays() {
        relays.close();
    }

    @BeforeEach
    void open() {
        wiring = onFx(() -> Consoles.wiring(stage(), home, Tokens.inMemory()));
        closeLater(() -> wiring.close());
        Thread.setDefaultUncaughtExceptionHandler(
                new Uncaught(error -> wiring.window().tellUnexpected(error)));
        // What waits would take the errors for its own.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        runOnFx(() -> wiring.window().show());
    }

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        Awaitility.reset();
    }

    private void openCluster() {
        runOnFx(() -> wiring.open(
                Consoles.target(ClusterLook.of("test", "staging"), relays.adminUris(), RelayCluster.OPERATOR)));
        awaitText("(operator)");
    }

    private static void throwLater(String message) {
        Platform.runLater(() -> {
            throw new IllegalStateException(message);
        });
    }

    @Test
    void anErrorOfTheToolkitIsToldWithDetailsToCopyAndTheConsoleGoesOn() {
        openCluster();
        throwLater("a cell without a row");

        awaitText(TITLE);
        awaitText("The console goes on");
        assertThat(isTextShown("a cell without a row")).isFalse();
        runOnFx(() -> ((TitledPane) find0(".titled-pane")).setExpanded(true));
        TextArea details = (TextArea) onFx(() -> find0(".text-area"));
        assertThat(details.getText())
                .startsWith("java.lang.IllegalStateException: a cell without a row")
                .contains("UncaughtTest");
        click("copy-details");
        assertThat(onFx(() -> Clipboard.getSystemClipboard().getString())).isEqualTo(details.getText());

        click("close");
        awaitNoText(TITLE);
        click("page-bans");
        awaitText("No address is kept out");
    }

    @Test
    void anErrorOfAnotherThreadIsToldToo() throws InterruptedException {
        openCluster();
        Thread thread = Thread.ofPlatform().name("live").start(() -> {
            throw new IllegalStateException("rows in no order");
        });
        thread.join();

        awaitText(TITLE);
        await("the keyboard is there", () -> focusedId().equals("close"));
        press(KeyCode.ENTER);
        awaitNoText(TITLE);
    }

    @Test
    void whoeverIsAtASheetKeepsIt() {
        openCluster();
        press(KeyCode.CONTROL, KeyCode.E);
        find("do-arm");
        throwLater("not now");

        awaitText("An error of the console itself: java.lang.IllegalStateException: not now");
        assertThat(isTextShown(TITLE)).isFalse();
        click("do-arm");
        awaitText("Armed ");
    }

    @Test
    void oneThatComesAgainAndAgainIsToldOnce() {
        openCluster();
        throwLater("each second");
        awaitText(TITLE);
        click("close");
        awaitNoText(TITLE);

        throwLater("each second");
        settle();

        assertThat(isTextShown(TITLE)).isFalse();
        assertThat(isTextShown("each second")).isFalse();
    }

    @Test
    void itIsToldAlsoWhereClustersAreChosen() {
        awaitText("No cluster yet");
        throwLater("no cluster, but an error");

        awaitText(TITLE);
        click("close");
        awaitNoText(TITLE);
        click("cluster-add");
        awaitText("New cluster");
    }

    private String focusedId() {
        return focused().map(node -> String.valueOf(node.getId())).orElse("");
    }

    private Node find0(String selector) {
        return Optional.ofNullable(stage().getScene().lookup(selector)).orElseThrow();
    }

    @Test
    void errorsOfOnePlaceAreOneAndThoseOfAnotherAreNot() {
        List<Throwable> told = new ArrayList<>();
        Uncaught uncaught = new Uncaught(told::add);
        runOnFx(() -> {
            for (int i = 0; i < 3; i++) {
                uncaught.uncaughtException(Thread.currentThread(), new IllegalStateException("number " + i));
            }
            uncaught.uncaughtException(Thread.currentThread(), new IllegalArgumentException("another"));
        });
        assertThat(told).extracting(Throwable::getMessage).containsExactly("number 0", "another");
    }
}
