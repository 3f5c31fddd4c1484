package dev.heliograph.server.config;

import java.util.Locale;

/// One key of the configuration: the table of them ([Settings]) drives what is read, what is refused and what the
/// reference says.
///
/// @param key          dotted, as in the file
/// @param defaultValue as one would write it
/// @param text         one sentence or two for the reference
record Setting(String key, Type type, String defaultValue, String text) {

    static final String VARIABLE_PREFIX = "HELIOGRAPH_";

    Setting under(String prefix) {
        return new Setting(prefix + key, type, defaultValue, text);
    }

    /// When a change of it takes effect.
    Effect effect() {
        return Effect.of(key);
    }

    /// The environment variable that overrides it.
    String variable() {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
