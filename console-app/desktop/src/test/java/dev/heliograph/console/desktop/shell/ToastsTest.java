package dev.heliograph.console.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.TickingClock;
import dev.heliograph.console.desktop.testing.UiTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToastsTest extends UiTest {

    private final TickingClock clock = new TickingClock();
    private final List<String> undone = new CopyOnWriteArrayList<>();
    private ShellFixture fixture;

    @BeforeEach
    void open() {
        fixture = onFx(() -> new ShellFixture(Fakes.workspace(Fakes.api(), clock), ClusterLook.of("demo", "staging")));
        closeLater(fixture.shell);
        show(() -> fixture.shell);
        runOnFx(() -> fixture.shell.shown());
        settle();
    }

    private Toasts toasts() {
        return fixture.shell.layers().toasts();
    }

    private void done(String sentence) {
        runOnFx(() -> toasts().done(sentence, Optional.of(() -> undone.add(sentence))));
    }

    /// What the shell does each second.
    private void pass(Duration time) {
        clock.pass(time);
        runOnFx(() -> toasts().tick());
    }

    @Test
    void theUndoIsCountedDownAndGoes() {
        done("Banned.");
        assertThat(isTextShown("Undo (15)")).isTrue();
        pass(Duration.ofMillis(3_400));
        assertThat(isTextShown("Undo (12)")).isTrue();
        pass(Duration.ofMillis(11_500));
        assertThat(isTextShown("Undo (1)")).isTrue();
        pass(Duration.ofMillis(100));
        assertThat(isTextShown("Banned.")).isFalse();
        assertThat(undone).isEmpty();
    }

    @Test
    void theShellLetsTheTimeGoOn() {
        done("Banned.");
        clock.pass(Duration.ofSeconds(5));
        awaitText("Undo (10)");
        clock.pass(Duration.ofSeconds(10));
        awaitNoText("Banned.");
    }

    @Test
    void whileThePointerIsOnItItStays() {
        done("Banned.");
        Node toast = findText("Banned.");
        robot().moveTo(toast);
        settle();
        pass(Duration.ofMinutes(1));
        assertThat(isTextShown("Undo (15)")).isTrue();

        robot().moveTo(fixture.shell.lookup("#overview-field"));
        settle();
        pass(Duration.ofSeconds(14));
        assertThat(isTextShown("Undo (1)")).isTrue();
    }

    @Test
    void itsTimeStandsStillWhileAnotherClusterIsInFront() {
        done("Banned.");
        runOnFx(() -> fixture.shell.hidden());
        clock.pass(Duration.ofMinutes(1));
        runOnFx(() -> fixture.shell.shown());
        assertThat(isTextShown("Undo (15)")).isTrue();
    }

    @Test
    void aClockThatIsSetBackChangesNothing() {
        done("Banned.");
        pass(Duration.ofHours(-1));
        assertThat(isTextShown("Undo (15)")).isTrue();
        pass(Duration.ofSeconds(15));
        assertThat(isTextShown("Banned.")).isFalse();
    }

    @Test
    void aWarningStaysUntilItIsClosedAndNoMoreThanFourAreThere() {
        runOnFx(() -> toasts().warn("Not remembered."));
        pass(Duration.ofHours(1));
        assertThat(isTextShown("Not remembered.")).isTrue();
        List.of("one", "two", "three", "four").forEach(this::done);
        assertThat(isTextShown("Not remembered.")).isTrue();
        assertThat(isTextShown("two")).isTrue();
        assertThat(onFx(() -> fixture.shell.lookupAll(".toast"))).hasSize(4);
    }

    @Test
    void theNewestIsUndoneFirst() {
        done("one");
        done("two");
        runOnFx(() -> toasts().tell("news"));
        assertThat(onFx(() -> toasts().undoNewest())).isTrue();
        assertThat(onFx(() -> toasts().undoNewest())).isTrue();
        assertThat(onFx(() -> toasts().undoNewest())).isFalse();
        assertThat(undone).containsExactly("two", "one");
    }
}
