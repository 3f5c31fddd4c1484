package dev.heliograph.cli;

import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.observe.LogHandler;
import dev.heliograph.server.observe.LogLine;
import dev.heliograph.server.observe.Redactor;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// Sets up java.util.logging, where `System.Logger` ends: a line on stderr for each record.
final class Logging {

    private static final Map<String, Level> LEVELS =
            Map.of("error", Level.SEVERE, "warn", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);

    /// The LogManager holds loggers weakly: without these references their levels would be collected with them.
    private static final List<Logger> KEPT =
            List.of(Logger.getLogger("dev.heliograph"), Logger.getLogger("io.helidon.webserver.LoomServer"));

    private Logging() {}

    /// As a configuration says, without its secrets. Replaces what was set up before.
    static void configure(RelayConfig config) {
        LogLine.Format format = config.logFormat().equals("json") ? LogLine.Format.JSON : LogLine.Format.TEXT;
        configure(config.logLevel(), new LogLine(format, Redactor.of(config)));
    }

    /// Replaces what was set up before.
    ///
    /// @param level as in `log.level`
    static void configure(String level, LogLine line) {
        // Closes the handlers of before.
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.addHandler(new LogHandler(System.err, line));
        // Libraries say what needs attention; their news of a start or a stop is ours to tell.
        root.setLevel(Level.WARNING);
        KEPT.getFirst().setLevel(LEVELS.getOrDefault(level, Level.INFO));
        // It logs why a socket does not open, with a stack trace, and then throws it: we tell it once.
        KEPT.getLast().setLevel(Level.OFF);
    }
}
