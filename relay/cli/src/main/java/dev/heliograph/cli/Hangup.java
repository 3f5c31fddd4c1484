package dev.heliograph.cli;

import dev.heliograph.server.config.ConfigDiff;
import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.Reloader;
import java.lang.System.Logger.Level;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Has a relay read its configuration again on SIGHUP, and logs what came of it: a line for each change, or for each
/// reason why there is none.
///
/// Where SIGHUP is ignored, as under `nohup`, it stays ignored.
final class Hangup implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Hangup.class.getName());

    private static final Signal HUP = new Signal("HUP");

    private final Reloader reloader;
    private final SignalHandler previous;

    /// Begins to listen.
    Hangup(Reloader reloader) {
        this.reloader = reloader;
        this.previous = Signal.handle(HUP, _ -> reload());
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
