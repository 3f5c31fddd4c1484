package dev.heliograph.console.desktop.app;

import dev.heliograph.console.api.Trust;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.desktop.shell.ClusterLook;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.desktop.theme.Theme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.stage.Stage;

/// The whole application, for tests.
final class Consoles {

    private static final Rectangle2D BOUNDS = new Rectangle2D(0, 0, 1000, 800);

    private Consoles() {}

    /// On JavaFX's thread.
    ///
    /// @param home where it keeps its files
    static Wiring wiring(Stage stage, Path home, Tokens tokens) {
        return wiring(stage, home, tokens, new ChosenFiles());
    }

    /// As [#wiring(Stage, Path, Tokens)], with other answers to what files to take.
    static Wiring wiring(Stage stage, Path home, Tokens tokens, ChosenFiles files) {
        return new Wiring(
                stage,
                Toolkit.theme(),
                Clock.systemUTC(),
                new WindowState(BOUNDS, false, Theme.Choice.LIGHT),
                tokens,
                home,
                new Desk(new Kept(home), home.resolve("transcripts"), Optional.empty(), _ -> {}, files));
    }

    static Wiring.Target target(ClusterLook look, List<URI> addresses, String token) {
        return new Wiring.Target(
                look,
                addresses,
                new Trust.Known(),
                token,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
