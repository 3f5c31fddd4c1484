package dev.heliograph.server.config;

import java.util.Locale;

/// One key of the configuration: the table of them ([Settings]) drives what is read, what is refused and what the
/// reference says.
///
/// @param key          dotted, as in the file
/// @param defaultValue as one would write it
/// @param text         one sentence or two for the reference
record Setting(String key, Kind kind, String defaultValue, String text) {

    /// How a value is written.
    enum Kind {
        STRING("text"),
        BOOLEAN("true or false"),
        INTEGER("number"),
        DURATION("duration, as 500ms, 25s, 1h30m"),
        SIZE("bytes, as 65536 or 64KiB"),
        LIST("list of texts");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Setting under(String prefix) {
        return new Setting(prefix + key, kind, defaultValue, text);
    }

    /// The environment variable that overrides it.
    String variable() {
        return "HELIOGRAPH_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
