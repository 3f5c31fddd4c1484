package dev.heliograph.console.alerts;

import java.time.Instant;
import java.util.List;

/// A silence to be made.
///
/// @param matchers at least one
/// @param ends     all silences have an end
public record SilenceWish(List<Matcher> matchers, Instant ends, String author, String comment) {

    public SilenceWish {
        matchers = List.copyOf(matchers);
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException("a silence has at least one matcher");
        }
    }
}
