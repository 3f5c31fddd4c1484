package dev.heliograph.grafana;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The metrics that an expression reads, and how it selects them.
final class Selectors {

    /// A name with what it selects, not called as a function; behind words that take lists of labels.
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w:$.\"])([a-zA-Z_:][\\w:]*)(\\{[^}]*})?(?!\\s*\\()(?![\\w:])");

    private static final Pattern LABELS =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by", "on", "inf", "nan");

    private Selectors() {}

    /// As `name` or `name{matchers}`.
    static Set<String> of(String expression) {
        String bare = LABELS.matcher(expression).replaceAll(" ").replaceAll("\\[[^\\]]*]", "");
        Set<String> selectors = new LinkedHashSet<>();
        Matcher names = NAME.matcher(withoutTexts(bare));
        while (names.find()) {
            if (!WORDS.contains(names.group(1))) {
                selectors.add(bare.substring(names.start(), names.end()));
            }
        }
        return selectors;
    }

    /// Of the same length, so that places stay the same.
    private static String withoutTexts(String expression) {
        return Pattern.compile("\"[^\"]*\"")
                .matcher(expression)
                .replaceAll(text -> "\"" + "#".repeat(text.group().length() - 2) + "\"");
    }

    /// Of a selector.
    static String name(String selector) {
        int brace = selector.indexOf('{');
        return brace < 0 ? selector : selector.substring(0, brace);
    }
}
