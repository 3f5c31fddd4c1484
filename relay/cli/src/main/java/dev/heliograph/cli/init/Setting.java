package dev.heliograph.cli.init;

/// A key with its value, and why it has it.
///
/// @param value as it stands in YAML
record Setting(String key, String value, String why) {

    static Setting on(String key, String why) {
        return new Setting(key, "true", why);
    }
}
