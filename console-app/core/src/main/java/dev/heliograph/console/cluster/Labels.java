package dev.heliograph.console.cluster;

import dev.heliograph.console.alerts.Matcher;
import java.util.Optional;
import java.util.stream.Collectors;

/// Matchers of labels as operators write them.
public final class Labels {

    private Labels() {}

    /// What a text means in the language of Prometheus, without braces: `{job=heliograph}` is `job="heliograph"`. The
    /// empty text is one; empty if a text is none.
    public static Optional<String> parse(String text) {
        String stripped = text.strip();
        String inner = stripped.startsWith("{") && stripped.endsWith("}")
                ? stripped.substring(1, stripped.length() - 1).strip()
                : stripped;
        if (inner.isEmpty()) {
            return Optional.of("");
        }
        try {
            return Optional.of(Matcher.parse(inner).stream().map(Matcher::text).collect(Collectors.joining(",")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
