package dev.heliograph.cli;

import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.observe.LogHandler;
import dev.heliograph.server.observe.LogLine;
import dev.heliograph.server.observe.Redactor;
import io.helidon.common.buffers.DataReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sets up java.util.logging, where `System.Logger` and SLF4J end: a line on stderr for each record.
public final class Logging {

    private static final Map<String, Level> LEVELS =
            Map.of("error", Level.SEVERE, "warn", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);

    /// The LogManager holds loggers weakly: without these references their levels would be collected with them.
    private static final List<Logger> KEPT =
            List.of(Logger.getLogger("dev.heliograph"), Logger.getLogger("io.helidon.webserver.LoomServer"));

    private static final Logger REQUESTS = Logger.getLogger("io.helidon.webserver.http1.Http1Connection");

    private static final AtomicReference<Redactor> REDACTOR = new AtomicReference<>(Redactor.of());

    private Logging() {}

    /// As a configuration says, without its secrets. Replaces what was set up before.
    public static void configure(RelayConfig config) {
        LogLine.Format format = config.logFormat().equals("json") ? LogLine.Format.JSON : LogLine.Format.TEXT;
        REDACTOR.set(Redactor.of(config));
        // Closes the handlers of before.
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.addHandler(new LogHandler(System.err, new LogLine(format, REDACTOR::get)));
        // Libraries say what needs attention; their news of a start or a stop is ours to tell.
        root.setLevel(Level.WARNING);
        level(config.logLevel());
        // It logs why a socket does not open, with a stack trace, and then throws it: we tell it once.
        KEPT.getLast().setLevel(Level.OFF);
        // To it, a peer that hangs up within a request is an internal error with a stack trace; to us it is any
        // visitor.
        REQUESTS.setFilter(each -> !isHangUp(each.getThrown()));
    }

    private static boolean isHangUp(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof DataReader.InsufficientDataAvailableException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /// Changes what is logged and which secrets are not; not how lines look.
    static void reconfigure(RelayConfig config) {
        level(config.logLevel());
        REDACTOR.set(Redactor.of(config));
    }

    private static void level(String level) {
        KEPT.getFirst().setLevel(LEVELS.getOrDefault(level, Level.INFO));
    }
}
