package dev.heliograph.server.config;

import dev.heliograph.server.config.Setting.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The values of a set of keys: what the file and the environment say, else the defaults. What is wrong is collected,
/// and a default taken in its place, so that one start shows all problems.
final class Values {

    private static final Pattern DURATION_PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(B|KiB|MiB|GiB|KB|MB|GB)?");

    private final Map<String, String> given;
    private final Map<String, Setting> settings = new HashMap<>();
    private final String where;
    private final List<String> problems;

    /// @param where    of a problem: the file and, in a namespace, its place
    /// @param problems added to
    Values(Map<String, String> given, List<Setting> known, String where, List<String> problems) {
        this.given = given;
        known.forEach(setting -> settings.put(setting.key(), setting));
        this.where = where;
        this.problems = problems;
    }

    void problem(String key, String reason) {
        problems.add(where + key + ": " + reason);
    }

    private Setting setting(String key, Kind kind) {
        Setting setting = settings.get(key);
        if (setting == null || setting.kind() != kind) {
            throw new IllegalArgumentException("the table has no " + kind + " " + key);
        }
        return setting;
    }

    private String text(Setting setting) {
        return given.getOrDefault(setting.key(), setting.defaultValue()).strip();
    }

    String string(String key) {
        return text(setting(key, Kind.STRING));
    }

    /// One of some words.
    String choice(String key, String... words) {
        String value = string(key);
        if (!List.of(words).contains(value)) {
            problem(key, "'" + value + "' is none of " + String.join(", ", words).replaceAll("^, ", "(empty), "));
        }
        return value;
    }

    /// A regular expression, or empty.
    String regex(String key) {
        String value = string(key);
        try {
            Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            problem(key, "not a regular expression: " + e.getDescription());
            return "";
        }
        return value;
    }

    boolean bool(String key) {
        Setting setting = setting(key, Kind.BOOLEAN);
        String value = text(setting);
        if (!value.equals("true") && !value.equals("false")) {
            problem(key, "'" + value + "' is neither true nor false");
            return Boolean.parseBoolean(setting.defaultValue());
        }
        return value.equals("true");
    }

    int integer(String key, int min, int max) {
        Setting setting = setting(key, Kind.INTEGER);
        String value = text(setting);
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
            problem(key, number + " is not in " + min + ".." + max);
        } catch (NumberFormatException _) {
            problem(key, "'" + value + "' is not a whole number");
        }
        return Integer.parseInt(setting.defaultValue());
    }

    Duration duration(String key) {
        Setting setting = setting(key, Kind.DURATION);
        String value = text(setting);
        Duration duration = parseDuration(value);
        if (duration.isNegative()) {
            problem(key, "'" + value + "' is not a duration such as 500ms, 25s, 1h30m");
            return parseDuration(setting.defaultValue());
        }
        return duration;
    }

    /// @return a negative duration if it is none
    private static Duration parseDuration(String text) {
        Matcher matcher = DURATION_PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (matcher.lookingAt()) {
            long count;
            try {
                count = Long.parseLong(matcher.group(1));
                sum = sum.plus(
                        switch (matcher.group(2)) {
                            case "ms" -> Duration.ofMillis(count);
                            case "s" -> Duration.ofSeconds(count);
                            case "m" -> Duration.ofMinutes(count);
                            case "h" -> Duration.ofHours(count);
                            default -> Duration.ofDays(count);
                        });
            } catch (NumberFormatException | ArithmeticException _) {
                return Duration.ofNanos(-1);
            }
            at = matcher.end();
            matcher.region(at, text.length());
        }
        boolean whole = at == text.length() && at > 0;
        return whole && sum.compareTo(Duration.ofDays(36_500)) < 0 ? sum : Duration.ofNanos(-1);
    }

    long size(String key, long min, long max) {
        Setting setting = setting(key, Kind.SIZE);
        String value = text(setting);
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches() || matcher.group(1).length() > 15) {
            problem(key, "'" + value + "' is not a size such as 65536 or 64KiB");
            return parseSize(SIZE.matcher(setting.defaultValue()));
        }
        long size = parseSize(matcher);
        if (size < min || size > max) {
            problem(key, value + " is not in " + min + ".." + max + " bytes");
            return parseSize(SIZE.matcher(setting.defaultValue()));
        }
        return size;
    }

    private static long parseSize(Matcher matcher) {
        matcher.matches();
        long unit =
                switch (matcher.group(2) == null ? "B" : matcher.group(2).toLowerCase(Locale.ROOT)) {
                    case "kib" -> 1L << 10;
                    case "mib" -> 1L << 20;
                    case "gib" -> 1L << 30;
                    case "kb" -> 1_000;
                    case "mb" -> 1_000_000;
                    case "gb" -> 1_000_000_000;
                    default -> 1;
                };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    /// A list from `key.0`, `key.1`, ... in the file, or from one text with commas.
    List<String> list(String key) {
        Setting setting = setting(key, Kind.LIST);
        List<String> values = new ArrayList<>();
        for (int i = 0; given.containsKey(key + "." + i); i++) {
            values.add(given.get(key + "." + i));
        }
        if (values.isEmpty()) {
            for (String each : text(setting).split(",")) {
                if (!each.isBlank()) {
                    values.add(each.strip());
                }
            }
        }
        return values;
    }
}
