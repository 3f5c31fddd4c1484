package dev.heliograph.cli;

import dev.heliograph.server.config.ConfigDiff;
import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.Reloader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Has a relay read its configuration again on SIGHUP, and logs what came of it: a line for each change, or for each
/// reason why there is none.
///
/// Where SIGHUP is ignored, as under `nohup`, it stays ignored. Where it says that the terminal has gone in which the
/// relay was started, it asks for an orderly end.
final class Hangup implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Hangup.class.getName());

    private static final Signal HUP = new Signal("HUP");

    private static final Path TERMINAL = Path.of("/dev/tty");

    private final Reloader reloader;
    private final Runnable end;
    private final boolean hadTerminal = hasTerminal();
    private final SignalHandler previous;

    /// Begins to listen.
    ///
    /// @param end told that the terminal has gone; must not block
    Hangup(Reloader reloader, Runnable end) {
        this.reloader = reloader;
        this.end = end;
        this.previous = Signal.handle(HUP, _ -> hear());
    }

    private void hear() {
        if (hadTerminal && !hasTerminal()) {
            end.run();
        } else {
            reload();
        }
    }

    /// Whether the process has a terminal that controls it: without one the system does not open it.
    private static boolean hasTerminal() {
        try (InputStream _ = Files.newInputStream(TERMINAL)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// On a thread of its own for each signal; one after the other, as the reloader sees to.
    private void reload() {
        try {
            ConfigDiff diff = reloader.reload();
            diff.changes().forEach(change -> LOG.log(Level.INFO, () -> "configuration: " + change));
            LOG.log(
                    Level.INFO,
                    () -> diff.isEmpty()
                            ? "configuration read again: nothing has changed"
                            : "configuration read again and in force");
        } catch (ConfigException e) {
            e.problems().forEach(problem -> LOG.log(Level.ERROR, problem));
            LOG.log(Level.ERROR, "configuration read again and refused: nothing has changed");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "configuration can not be read again: " + Causes.reason(e));
        }
    }

    /// The signal does again what it did before.
    @Override
    public void close() {
        Signal.handle(HUP, previous);
    }
}
