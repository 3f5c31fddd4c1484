package dev.heliograph.server.config;

import java.util.Locale;

/// What a namespace does with publications for a subscriber that does not read them fast enough.
public enum SlowConsumer {

    /// They wait until the connection's bound is reached; then the connection ends with 3008.
    DISCONNECT,

    /// At the bound the oldest go, and the client is told (2500).
    DROP_OLDEST,

    /// Only the newest waits.
    LATEST_ONLY;

    /// As it is written in the configuration.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SlowConsumer of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
