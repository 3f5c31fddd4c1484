package dev.heliograph.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Sets up java.util.logging, where `System.Logger` ends: a line of text on stderr for each record.
final class Logging {

    private static final Map<String, Level> LEVELS =
            Map.of("error", Level.SEVERE, "warn", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);

    private static final Map<Level, String> NAMES =
            Map.of(Level.SEVERE, "ERROR", Level.WARNING, "WARN", Level.INFO, "INFO", Level.FINE, "DEBUG");

    /// The LogManager holds loggers weakly: without these references their levels would be collected with them.
    private static final List<Logger> KEPT =
            List.of(Logger.getLogger("dev.heliograph"), Logger.getLogger("io.helidon.webserver.LoomServer"));

    private Logging() {}

    /// Replaces what was set up before.
    ///
    /// @param level as in `log.level`
    static void configure(String level) {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new Line());
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        // Libraries say what needs attention; their news of a start or a stop is ours to tell.
        root.setLevel(Level.WARNING);
        level(level);
        // It logs why a socket does not open, with a stack trace, and then throws it: we tell it once.
        KEPT.getLast().setLevel(Level.OFF);
    }

    /// Changes what is logged, and nothing else.
    ///
    /// @param level as in `log.level`
    static void level(String level) {
        KEPT.getFirst().setLevel(LEVELS.getOrDefault(level, Level.INFO));
    }

    /// `2026-01-31T12:00:00.000Z INFO session.Session: text`, and the stack trace if there is one.
    static final class Line extends Formatter {

        private static final String OURS = "dev.heliograph.server.";

        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

        @Override
        public String format(LogRecord entry) {
            String name = String.valueOf(entry.getLoggerName());
            StringWriter text = new StringWriter();
            PrintWriter writer = new PrintWriter(text);
            writer.printf(
                    "%s %s %s: %s%n",
                    TIME.format(entry.getInstant()),
                    NAMES.getOrDefault(entry.getLevel(), entry.getLevel().getName()),
                    name.startsWith(OURS) ? name.substring(OURS.length()) : name,
                    formatMessage(entry));
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(writer);
            }
            return text.toString();
        }
    }
}
