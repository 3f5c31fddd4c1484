package dev.heliograph.console.connections;

import dev.heliograph.console.text.Messages;
import java.util.Locale;

/// What groups are sorted by, the largest first.
public enum Measure {
    CONNECTIONS,
    QUEUE,
    IN_RATE,
    OUT_RATE,
    IN_BYTES_RATE,
    OUT_BYTES_RATE;

    /// As the API reads it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return Messages.text("connections.measure." + word());
    }
}
