package dev.heliograph.console.bans;

import dev.heliograph.console.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a rule ends: one of the usual spans, or what an operator writes.
public enum Expiry {
    TEN_MINUTES("10m"),
    HOUR("1h"),
    DAY("1d"),
    WEEK("7d"),
    MONTH("30d"),
    NEVER("never");

    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(s|m|min|h|d|w)", Pattern.CASE_INSENSITIVE);

    private final String text;

    Expiry(String text) {
        this.text = text;
    }

    /// As [#parse] reads it.
    public String text() {
        return text;
    }

    /// For people: `1 hour`.
    public String title() {
        return Messages.text("bans.expiry." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /// Reads `90m`, `12h`, `7d`, `2w`, `never`, or a time in UTC like `2027-01-31 18:00`.
    ///
    /// @return empty for never
    /// @throws IllegalArgumentException with a sentence for the operator
    public static Optional<Instant> parse(String text, Instant now) {
        String spelled = text.strip();
        if (spelled.equalsIgnoreCase(NEVER.text)) {
            return Optional.empty();
        }
        Matcher span = SPAN.matcher(spelled);
        Instant end = span.matches()
                ? now.plus(span(Long.parseLong(span.group(1)), span.group(2).toLowerCase(Locale.ROOT)))
                : time(spelled);
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException(Messages.text("bans.expiry.past"));
        }
        return Optional.of(end);
    }

    private static Duration span(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m", "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }

    /// A time in UTC, with or without its `T` and `Z`.
    static Instant time(String text) {
        try {
            String iso = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d)", "$1T$2");
            return iso.endsWith("Z")
                    ? Instant.parse(iso)
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException(Messages.text("bans.expiry.unreadable", text));
        }
    }
}
