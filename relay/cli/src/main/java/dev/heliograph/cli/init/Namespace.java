package dev.heliograph.cli.init;

import java.util.List;
import java.util.Optional;

/// Channels that behave alike.
///
/// @param about what they are for, with an example
record Namespace(String name, String about, List<Setting> settings) {

    Namespace {
        settings = List.copyOf(settings);
    }

    Optional<String> value(String key) {
        return settings.stream()
                .filter(setting -> setting.key().equals(key))
                .map(Setting::value)
                .findFirst();
    }

    /// Publications that a channel keeps.
    int historySize() {
        return value("history_size").map(Integer::parseInt).orElse(0);
    }
}
