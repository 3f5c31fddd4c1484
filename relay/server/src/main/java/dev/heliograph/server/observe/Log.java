package dev.heliograph.server.observe;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// A logger of lines about clients: a template that never changes, by which repeats are counted, what fills it, and
/// whom it is about. Threadsafe.
public final class Log {

    private record Subject(String id, String user, String remoteAddress) implements About {}

    private final System.Logger logger;

    private Log(System.Logger logger) {
        this.logger = logger;
    }

    public static Log of(Class<?> place) {
        return new Log(System.getLogger(place.getName()));
    }

    /// Someone of whom only this is known; empty for what is not.
    public static About about(String id, String user, String remoteAddress) {
        return new Subject(id, user, remoteAddress);
    }

    /// Whether lines of this level are wanted: for who would have to work for the arguments.
    public boolean wants(Level level) {
        return logger.isLoggable(level);
    }

    /// @param template with `{}` for each argument
    public void debug(String template, @Nullable About about, @Nullable Object... arguments) {
        log(Level.DEBUG, "", template, about, null, arguments);
    }

    /// @param channel the line is about
    public void debugIn(String channel, String template, @Nullable About about, @Nullable Object... arguments) {
        log(Level.DEBUG, channel, template, about, null, arguments);
    }

    public void info(String template, @Nullable About about, @Nullable Object... arguments) {
        log(Level.INFO, "", template, about, null, arguments);
    }

    public void warn(String template, @Nullable About about, @Nullable Object... arguments) {
        log(Level.WARNING, "", template, about, null, arguments);
    }

    /// @param cause shown with its stack trace
    public void error(String template, @Nullable About about, Throwable cause, @Nullable Object... arguments) {
        log(Level.ERROR, "", template, about, cause, arguments);
    }

    private void log(
            Level level,
            String channel,
            String template,
            @Nullable About about,
            @Nullable Throwable cause,
            @Nullable Object... arguments) {
        if (logger.isLoggable(level)) {
            LogEvent event = LogEvent.of(template, about, channel, cause, arguments);
            logger.log(level, "{0}", event);
        }
    }
}
