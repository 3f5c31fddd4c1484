package dev.heliograph.cli;

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
        KEPT.getFirst().setLevel(LEVELS.getOrDefault(level, Level.INFO));
        // It logs why a socket does not open, with a stack trace, and then throws it: we tell it once.
        KEPT.getLast().setLevel(Level.OFF);
    }

    /// `2026-01-31T12:00:00.000+0000 INFO session.Session: text`, and the stack trace if there is one.
    private static final class Line extends Formatter {

        private static final String OURS = "dev.heliograph.server.";

        @Override
        public String format(LogRecord entry) {
            long millis = entry.getMillis();
            String name = String.valueOf(entry.getLoggerName());
            StringBuilder text = new StringBuilder("%1$tFT%1$tT.%1$tL%1$tz %2$s %3$s: %4$s%n"
                    .formatted(
                            millis,
                            NAMES.getOrDefault(
                                    entry.getLevel(), entry.getLevel().getName()),
                            name.startsWith(OURS) ? name.substring(OURS.length()) : name,
                            formatMessage(entry)));
            Throwable thrown = entry.getThrown();
            while (thrown != null) {
                text.append("  ").append(thrown).append(System.lineSeparator());
                for (StackTraceElement element : thrown.getStackTrace()) {
                    text.append("    at ").append(element).append(System.lineSeparator());
                }
                thrown = thrown.getCause();
            }
            return text.toString();
        }
    }
}
