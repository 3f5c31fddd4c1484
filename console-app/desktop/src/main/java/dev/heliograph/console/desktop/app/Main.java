package dev.heliograph.console.desktop.app;

import dev.heliograph.console.cluster.Keyring;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.desktop.theme.Theme;
import dev.heliograph.console.desktop.ui.file.SystemFileDialogs;
import dev.heliograph.console.files.Directories;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// Starts the console: `heliograph-console --help` says how.
public final class Main extends Application {

    private static final System.Logger LOG = System.getLogger(Main.class.getName());

    private Optional<Wiring> wiring = Optional.empty();
    private final Path stateFile = Directories.ofUser().state().resolve("window.json");

    /// Ends with 2 if the arguments make no sense, and with 0 after the window was closed.
    public static void main(String[] words) {
        if (List.of(words).contains("--help")) {
            System.out.print(Arguments.USAGE);
            return;
        }
        try {
            Arguments.parse(List.of(words), System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("heliograph-console: " + e.getMessage());
            System.err.print(Arguments.USAGE);
            System.exit(2);
        }
        LogFile.open(Directories.ofUser().state());
        launch(Main.class, words);
    }

    @Override
    public void start(Stage stage) {
        Thread.setDefaultUncaughtExceptionHandler(
                new Uncaught(error -> wiring.ifPresent(w -> w.window().tellUnexpected(error))));
        Arguments arguments = Arguments.parse(getParameters().getRaw(), System.getenv());
        WindowState state = WindowState.load(
                stateFile,
                Screen.getScreens().stream().map(Screen::getVisualBounds).toList());
        Wiring made = new Wiring(
                stage,
                new Theme(),
                Clock.system(ZoneId.systemDefault()),
                state,
                new Tokens(Keyring::open),
                Directories.ofUser().config(),
                desk(stage));
        wiring = Optional.of(made);
        if (arguments.hasCluster()) {
            made.open(Wiring.Target.of(arguments));
        }
        made.window().show();
        ProcessHandle.current()
                .info()
                .startInstant()
                .ifPresent(began -> LOG.log(
                        Level.INFO,
                        "window after {0} ms",
                        Duration.between(began, Instant.now()).toMillis()));
    }

    @Override
    public void stop() {
        wiring.ifPresent(w -> {
            try {
                w.window().state().save(stateFile);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "cannot keep the state of the window in " + stateFile, e);
            }
            w.close();
        });
    }

    private Desk desk(Stage stage) {
        Path kept = Directories.ofUser().state();
        return new Desk(
                new Kept(kept),
                kept.resolve("transcripts"),
                Optional.ofNullable(System.getProperty("jpackage.app-path"))
                        .map(Path::of)
                        .map(Path::getParent)
                        .map(Path::getParent)
                        .map(top -> top.resolve("lib").resolve("app")),
                address -> getHostServices().showDocument(address),
                new SystemFileDialogs(stage));
    }
}
