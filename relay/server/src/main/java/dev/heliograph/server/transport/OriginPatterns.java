package dev.heliograph.server.transport;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `client.allowed_origins`: which values of `Origin` may open a connection. In a pattern `*` stands for any run of
/// characters; comparison ignores case. A request without `Origin` does not come from a browser and passes.
final class OriginPatterns {

    private final List<Pattern> patterns;

    OriginPatterns(List<String> patterns) {
        this.patterns = patterns.stream().map(OriginPatterns::compile).toList();
    }

    private static Pattern compile(String pattern) {
        return Pattern.compile(Stream.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }

    boolean allows(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(each -> each.matcher(lower).matches());
    }
}
