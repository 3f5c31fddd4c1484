package dev.heliograph.server.guard;

import dev.heliograph.server.ip.IpPrefix;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Rules for addresses as a text, a line each: `network [allow|deny|ban [expiry|- [reason]]]`, with an expiry
/// like `2027-01-31T00:00:00Z`. Lines that begin with `#` are comments, and so is what begins with `#` behind a
/// network, so that the usual lists of networks can be read as they are.
final class IpRuleList {

    /// A line's rule.
    ///
    /// @param expiresAt in Unix milliseconds; 0 for never
    record Line(IpRule.Kind kind, long expiresAt, String reason) {}

    private static final int MAX_PROBLEMS = 20;

    private final List<String> problems = new ArrayList<>();
    private final Map<IpPrefix, Line> rules = new LinkedHashMap<>();

    private IpRuleList() {}

    /// Reads a text; of two lines for one network the later one counts.
    ///
    /// @param usual what holds where a line says nothing
    /// @throws IllegalArgumentException with what is wrong, by line
    static Map<IpPrefix, Line> read(String text, Line usual) {
        IpRuleList list = new IpRuleList();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                list.add(line.strip().replaceFirst("^(\\S+\\s+)?#.*", "$1").strip(), usual);
            } catch (IllegalArgumentException e) {
                list.problems.add("line " + number + ": " + e.getMessage());
            }
            if (list.problems.size() >= MAX_PROBLEMS) {
                break;
            }
        }
        if (!list.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", list.problems));
        }
        return list.rules;
    }

    private void add(String line, Line usual) {
        if (line.isEmpty()) {
            return;
        }
        String[] words = line.split("\\s+", 4);
        IpPrefix prefix = IpPrefix.parse(words[0]);
        rules.put(
                prefix,
                new Line(
                        words.length > 1 ? kind(words[1]) : usual.kind(),
                        words.length > 2 ? expiry(words[2]) : usual.expiresAt(),
                        words.length > 3 ? words[3] : usual.reason()));
    }

    private static IpRule.Kind kind(String word) {
        try {
            return IpRule.Kind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("'" + word + "' is not allow, deny or ban");
        }
    }

    private static long expiry(String word) {
        try {
            return word.equals("-") ? 0 : Instant.parse(word).toEpochMilli();
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException("'" + word + "' is neither '-' nor a time like 2027-01-31T00:00:00Z");
        }
    }

    static String write(String id, Line line) {
        return "%s %s %s %s"
                .formatted(
                        id,
                        line.kind().name().toLowerCase(Locale.ROOT),
                        line.expiresAt() == 0 ? "-" : Instant.ofEpochMilli(line.expiresAt()),
                        line.reason().replaceAll("\\s+", " "))
                .strip();
    }
}
