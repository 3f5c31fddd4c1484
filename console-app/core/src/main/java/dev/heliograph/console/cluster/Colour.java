package dev.heliograph.console.cluster;

import dev.heliograph.console.text.Messages;
import java.util.Locale;
import java.util.Optional;

/// By which a cluster is told from others at a glance. Each has contrast with light and with dark, and with
/// each other.
public enum Colour {
    GREY("#6b7280"),
    BLUE("#2563eb"),
    TEAL("#0d9488"),
    GREEN("#16a34a"),
    YELLOW("#ca8a04"),
    ORANGE("#ea580c"),
    RED("#dc2626"),
    PURPLE("#9333ea");

    private final String hex;

    Colour(String hex) {
        this.hex = hex;
    }

    /// `#rrggbb`.
    public String hex() {
        return hex;
    }

    /// As it stands in the file.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As the operator reads it.
    public String label() {
        return Messages.text("cluster.colour." + word());
    }

    static Optional<Colour> of(String word) {
        for (Colour each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
