package dev.heliograph.server.observe;

import org.jspecify.annotations.Nullable;

/// One line about a client, on its way through java.util.logging as the parameter of a record. Where our handler is not
/// installed, its text is what others print.
///
/// @param connection the id of a connection; empty if there is none, like the others
record LogEvent(
        String template,
        String message,
        String connection,
        String user,
        String channel,
        String ip,
        @Nullable Throwable cause) {

    static LogEvent of(
            String template,
            @Nullable About about,
            String channel,
            @Nullable Throwable cause,
            @Nullable Object... arguments) {
        return new LogEvent(
                template,
                fill(template, arguments),
                about == null ? "" : about.id(),
                about == null ? "" : about.user(),
                channel,
                about == null ? "" : about.remoteAddress(),
                cause);
    }

    private static String fill(String template, @Nullable Object... arguments) {
        StringBuilder text = new StringBuilder(template.length() + 32);
        int from = 0;
        for (Object argument : arguments) {
            int at = template.indexOf("{}", from);
            if (at < 0) {
                break;
            }
            text.append(template, from, at).append(argument);
            from = at + 2;
        }
        return text.append(template, from, template.length()).toString();
    }

    /// The message, and whom it is about.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(message);
        append(text, "connection", connection);
        append(text, "user", user);
        append(text, "channel", channel);
        append(text, "ip", ip);
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(' ').append(name).append('=').append(LogText.quoted(value));
        }
    }
}
