package dev.heliograph.console.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateTest {

    private static final Rectangle2D LEFT = new Rectangle2D(0, 0, 1920, 1080);
    private static final Rectangle2D RIGHT = new Rectangle2D(1920, 0, 2560, 1440);

    @TempDir
    private Path directory;

    @Test
    void itIsKeptFromOneStartToTheNext() throws IOException {
        Path file = directory.resolve("deep/window.json");
        WindowState state = new WindowState(new Rectangle2D(2000, 100, 1400, 900), true, Theme.Choice.DARK);

        state.save(file);
        state.save(file);

        assertThat(WindowState.load(file, List.of(LEFT, RIGHT))).isEqualTo(state);
    }

    @Test
    void withoutAFileItIsInTheMiddleOfTheFirstScreen() {
        assertThat(WindowState.load(directory.resolve("none"), List.of(LEFT, RIGHT)))
                .isEqualTo(new WindowState(new Rectangle2D(320, 140, 1280, 800), false, Theme.Choice.SYSTEM));
    }

    @Test
    void aDamagedFileIsNoReasonNotToStart() throws IOException {
        Path file = directory.resolve("window.json");
        for (String content : List.of("", "{", "[1]", "{\"x\":\"a\",\"y\":1,\"width\":-3,\"theme\":\"PINK\"}")) {
            Files.writeString(file, content);
            assertThat(WindowState.load(file, List.of(LEFT)).bounds()).isEqualTo(new Rectangle2D(320, 140, 1280, 800));
        }
    }

    @Test
    void aWindowOnAScreenThatIsGoneComesBack() throws IOException {
        Path file = directory.resolve("window.json");
        new WindowState(new Rectangle2D(2000, 100, 1400, 900), false, Theme.Choice.SYSTEM).save(file);

        assertThat(WindowState.load(file, List.of(LEFT)).bounds()).isEqualTo(new Rectangle2D(320, 140, 1280, 800));
    }

    @Test
    void aWindowPartlyOutsideIsMovedInAndShrunk() {
        assertThat(WindowState.clamp(new Rectangle2D(1500, -50, 800, 600), List.of(LEFT)))
                .contains(new Rectangle2D(1120, 0, 800, 600));
        assertThat(WindowState.clamp(new Rectangle2D(10, 10, 4000, 3000), List.of(LEFT)))
                .contains(LEFT);
        assertThat(WindowState.clamp(new Rectangle2D(10, 10, 20, 20), List.of(LEFT)))
                .contains(new Rectangle2D(10, 10, 800, 500));
    }
}
