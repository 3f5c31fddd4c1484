package dev.heliograph.console.cluster;

import dev.heliograph.console.text.Messages;
import java.util.Locale;
import java.util.Optional;

/// What a cluster is for. Production has a frame around the window.
public enum Environment {
    DEVELOPMENT,
    STAGING,
    PRODUCTION;

    /// As it stands in the file.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As the operator reads it.
    public String label() {
        return Messages.text("cluster.environment." + word());
    }

    static Optional<Environment> of(String word) {
        for (Environment each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
