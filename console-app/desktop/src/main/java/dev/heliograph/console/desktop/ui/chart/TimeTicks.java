package dev.heliograph.console.desktop.ui.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The times along an axis: at round times of the day, in UTC as everything in the console.
record TimeTicks(List<Instant> times, Duration step) {

    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(3),
            Duration.ofHours(4),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofHours(24));

    private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
    private static final DateTimeFormatter MINUTES = format("HH:mm");

    /// @param most ticks that have room
    static TimeTicks of(Instant from, Instant to, int most) {
        long span = Duration.between(from, to).toMillis();
        Duration step = STEPS.stream()
                .filter(each -> span / each.toMillis() <= Math.max(1, most))
                .findFirst()
                .orElse(STEPS.getLast());
        List<Instant> times = new ArrayList<>();
        long width = step.toMillis();
        for (long at = Math.ceilDiv(from.toEpochMilli(), width) * width; at <= to.toEpochMilli(); at += width) {
            times.add(Instant.ofEpochMilli(at));
        }
        return new TimeTicks(times, step);
    }

    String label(Instant at) {
        return (step.toSeconds() < 60 ? SECONDS : MINUTES).format(at);
    }

    static String second(Instant at) {
        return SECONDS.format(at);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
