package dev.heliograph.console.desktop.theme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.Toolkit;
import java.lang.ref.WeakReference;
import java.time.Duration;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ThemeTest {

    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    @Test
    void theRootOfAStyledSceneFollowsWhatWasChosen() {
        Toolkit.runOnFx(() -> {
            Toolkit.theme().choose(Theme.Choice.LIGHT);
            Scene scene = new Scene(new StackPane());
            Toolkit.theme().style(scene);
            assertThat(scene.getRoot().getPseudoClassStates()).doesNotContain(DARK);
            Toolkit.theme().choose(Theme.Choice.DARK);
            assertThat(scene.getRoot().getPseudoClassStates()).contains(DARK);
            scene.setRoot(new StackPane());
            assertThat(scene.getRoot().getPseudoClassStates()).contains(DARK);
            Toolkit.theme().choose(Theme.Choice.LIGHT);
            assertThat(scene.getRoot().getPseudoClassStates()).doesNotContain(DARK);
        });
    }

    @Test
    void aSceneThatNobodyUsesAnyMoreIsNotKept() {
        WeakReference<Scene> scene = Toolkit.onFx(() -> {
            Scene styled = new Scene(new StackPane());
            Toolkit.theme().style(styled);
            return new WeakReference<>(styled);
        });
        Awaitility.await("the scene is gone").atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return scene.get() == null;
        });
    }
}
