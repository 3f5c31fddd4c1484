package dev.heliograph.console.text;

import dev.heliograph.runbook.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times and spans as operators read them: UTC, and at most two units.
public final class Times {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /// `2026-11-29 16:20:53`, in UTC.
    public static String second(Instant at) {
        return SECOND.format(at);
    }

    /// `2026-11-29 16:20`, in UTC.
    public static String minute(Instant at) {
        return MINUTE.format(at);
    }

    /// `16:20:53`, in UTC.
    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /// `45 s`, `3 min 5 s`, `2 h 10 min`, `6 d 23 h`; nothing negative.
    public static String span(Duration time) {
        return Spans.text(time);
    }

    /// `12 s ago`; `just now` within the last second, and for what is ahead because clocks differ.
    public static String ago(Instant at, Instant now) {
        Duration since = Duration.between(at, now);
        return since.toSeconds() < 1 ? Messages.text("times.now") : Messages.text("times.ago", span(since));
    }

    /// `in 3 min 5 s`, or that it is over.
    public static String until(Instant at, Instant now) {
        Duration left = Duration.between(now, at);
        return left.isNegative() || left.isZero() ? Messages.text("times.over") : Messages.text("times.in", span(left));
    }
}
