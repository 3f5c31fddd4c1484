package dev.heliograph.console.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.desktop.theme.Theme;
import dev.heliograph.console.desktop.ui.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The window on a real display, which has sizes and places of its own.
@Tag("display")
class WindowDisplayTest {

    private static final Rectangle2D BOUNDS = new Rectangle2D(60, 40, 1440, 900);

    @TempDir
    private Path directory;

    private Stage stage;
    private ConsoleWindow window;

    @BeforeEach
    void open() {
        stage = Toolkit.onFx(Stage::new);
        window = Toolkit.onFx(() -> {
            ConsoleWindow made = new ConsoleWindow(
                    stage, Toolkit.theme(), new WindowState(BOUNDS, false, Theme.Choice.LIGHT), new Nothing());
            made.show();
            return made;
        });
    }

    @AfterEach
    void close() {
        Toolkit.runOnFx(() -> stage.close());
    }

    @Test
    void itIsWhereItWasAndAsLarge() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(Toolkit.onFx(() -> window.state().bounds())).isEqualTo(BOUNDS);
            assertThat(Toolkit.onFx(() -> stage.getScene().getWidth())).isEqualTo(BOUNDS.getWidth());
            assertThat(Toolkit.onFx(() -> stage.getScene().getHeight())).isEqualTo(BOUNDS.getHeight());
        });
    }

    @Test
    void whatTheOperatorMadeOfItIsKept() throws IOException {
        Rectangle2D moved = new Rectangle2D(100, 80, 1100, 700);
        Toolkit.runOnFx(() -> {
            stage.setX(moved.getMinX());
            stage.setY(moved.getMinY());
            stage.setWidth(moved.getWidth());
            stage.setHeight(moved.getHeight());
        });
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> Toolkit.onFx(() -> window.state()).bounds().equals(moved));

        Path file = directory.resolve("window.json");
        Toolkit.onFx(() -> window.state()).save(file);

        List<Rectangle2D> screens = Toolkit.onFx(
                () -> Screen.getScreens().stream().map(Screen::getVisualBounds).toList());
        assertThat(WindowState.load(file, screens).bounds()).isEqualTo(moved);
    }

    private static final class Nothing implements Page {

        private final StackPane view = new StackPane(new Label("Nothing"));

        @Override
        public Parent view() {
            return view;
        }
    }
}
