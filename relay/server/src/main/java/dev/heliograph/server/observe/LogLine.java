package dev.heliograph.server.observe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// Writes one record as a line: `2026-01-31T12:00:00.000Z INFO session.Session [connection=... user=...]: text`, or
/// as one JSON object with the fields `time`, `level`, `logger`, `message`, and where they are known `connection`,
/// `user`, `channel`, `ip`, `thread` and `error`. Secrets are redacted. As text a stack trace follows on indented
/// lines; nothing from outside begins a line, or stands in the place of a field.
public final class LogLine extends Formatter {

    /// Characters of a message; more is cut off.
    private static final int MAX_MESSAGE = 8_192;

    private static final String OURS = "dev.heliograph.server.";

    private static final Map<Level, String> NAMES = Map.of(
            Level.SEVERE,
            "error",
            Level.WARNING,
            "warn",
            Level.INFO,
            "info",
            Level.FINE,
            "debug",
            Level.FINER,
            "debug");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    /// How lines look.
    public enum Format {
        TEXT,
        JSON
    }

    private final Format format;
    private final Supplier<Redactor> redactor;

    public LogLine(Format format, Redactor redactor) {
        this(format, () -> redactor);
    }

    /// One whose secrets may change.
    public LogLine(Format format, Supplier<Redactor> redactor) {
        this.format = format;
        this.redactor = redactor;
    }

    @Override
    public String format(LogRecord entry) {
        LogEvent event = event(entry);
        @Nullable Throwable thrown = event.cause() == null ? entry.getThrown() : event.cause();
        String level = NAMES.getOrDefault(entry.getLevel(), entry.getLevel().getName());
        String name = String.valueOf(entry.getLoggerName());
        String logger = name.startsWith(OURS) ? name.substring(OURS.length()) : name;
        return format == Format.JSON
                ? json(entry.getInstant(), level, logger, event, thrown)
                : text(entry.getInstant(), level, logger, event, thrown);
    }

    /// What a record says, whether one of ours or of a library.
    private LogEvent event(LogRecord entry) {
        return of(entry, formatMessage(entry));
    }

    /// @param message what is said if it is none of ours
    static LogEvent of(LogRecord entry, String message) {
        Object[] parameters = entry.getParameters();
        return parameters != null && parameters.length == 1 && parameters[0] instanceof LogEvent ours
                ? ours
                : new LogEvent(String.valueOf(entry.getMessage()), message, "", "", "", "", null);
    }

    private String text(Instant time, String level, String logger, LogEvent event, @Nullable Throwable thrown) {
        StringBuilder line = new StringBuilder(160)
                .append(TIME.format(time))
                .append(' ')
                .append(level.toUpperCase(java.util.Locale.ROOT))
                .append(' ')
                .append(LogText.escaped(logger));
        int fields = line.length();
        textField(line, "connection", event.connection());
        textField(line, "user", event.user());
        textField(line, "channel", event.channel());
        textField(line, "ip", event.ip());
        if (line.length() > fields) {
            line.insert(fields + 1, '[').append(']');
        }
        line.append(": ").append(LogText.escaped(clean(event.message()))).append(System.lineSeparator());
        if (thrown != null) {
            for (String each : StackTraces.lines(thrown)) {
                line.append("  ").append(LogText.escaped(clean(each))).append(System.lineSeparator());
            }
        }
        return line.toString();
    }

    private void textField(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            line.append(' ').append(name).append('=').append(LogText.quoted(clean(value)));
        }
    }

    private String json(Instant time, String level, String logger, LogEvent event, @Nullable Throwable thrown) {
        StringBuilder line = new StringBuilder(240).append('{');
        jsonField(line, "time", TIME.format(time));
        jsonField(line, "level", level);
        jsonField(line, "logger", logger);
        jsonField(line, "message", event.message());
        jsonField(line, "connection", event.connection());
        jsonField(line, "user", event.user());
        jsonField(line, "channel", event.channel());
        jsonField(line, "ip", event.ip());
        jsonField(line, "thread", Thread.currentThread().getName());
        jsonField(line, "error", thrown == null ? "" : String.join("\n", StackTraces.lines(thrown)));
        return line.append('}').append(System.lineSeparator()).toString();
    }

    private void jsonField(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            if (line.length() > 1) {
                line.append(',');
            }
            line.append('"').append(name).append("\":\"");
            LogText.json(line, clean(value));
            line.append('"');
        }
    }

    private String clean(String text) {
        String safe =
                redactor.get().redact(text.length() <= 2 * MAX_MESSAGE ? text : text.substring(0, 2 * MAX_MESSAGE));
        return safe.length() <= MAX_MESSAGE
                ? safe
                : safe.substring(0, MAX_MESSAGE) + "... (" + (text.length() - MAX_MESSAGE) + " more)";
    }
}
