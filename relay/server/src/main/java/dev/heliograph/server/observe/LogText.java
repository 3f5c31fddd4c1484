package dev.heliograph.server.observe;

/// Text of which nobody outside can make a second line of the log, or one that looks like something else.
final class LogText {

    private LogText() {}

    /// The text with control characters, line and paragraph separators, and what turns the direction of
    /// writing, as escapes.
    static String escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text.charAt(i))) {
                return escapedFrom(text, i);
            }
        }
        return text;
    }

    private static String escapedFrom(String text, int first) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> {
                    if (isUnsafe(c)) {
                        safe.append("\\u%04x".formatted((int) c));
                    } else {
                        safe.append(c);
                    }
                }
            }
        }
        return safe.toString();
    }

    /// Adds a text as it stands between the quotes of a JSON string.
    static void json(StringBuilder target, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> target.append("\\\"");
                case '\\' -> target.append("\\\\");
                case '\n' -> target.append("\\n");
                case '\r' -> target.append("\\r");
                case '\t' -> target.append("\\t");
                default -> {
                    if (isUnsafe(c) || Character.isSurrogate(c)) {
                        target.append("\\u%04x".formatted((int) c));
                    } else {
                        target.append(c);
                    }
                }
            }
        }
    }

    private static boolean isUnsafe(char c) {
        return c < ' '
                || (c >= 0x7F && c < 0xA0)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200E
                || c == 0x200F
                || c == 0xFEFF;
    }

    /// A value as it stands behind its name: as it is if it is one word, else in quotes.
    static String quoted(String value) {
        String safe = escaped(value);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if (c == ' ' || c == '"' || c == '=' || c == '\\' || c == '[' || c == ']') {
                return '"' + safe.replace("\"", "\\\"") + '"';
            }
        }
        return safe;
    }
}
