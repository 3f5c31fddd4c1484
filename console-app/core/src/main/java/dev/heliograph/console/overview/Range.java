package dev.heliograph.console.overview;

import java.time.Duration;
import java.util.Locale;

/// How much time the charts show.
public enum Range {
    S5(Duration.ofSeconds(5)),
    M1(Duration.ofMinutes(1)),
    M10(Duration.ofMinutes(10)),
    H1(Duration.ofHours(1)),
    H6(Duration.ofHours(6)),
    H24(Duration.ofHours(24));

    private final Duration span;

    Range(Duration span) {
        this.span = span;
    }

    public Duration span() {
        return span;
    }

    /// For keys of texts.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
