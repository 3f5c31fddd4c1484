package dev.heliograph.console.desktop.shell;

import java.time.Duration;
import java.util.Locale;

/// Times that run, in as few signs as possible.
final class Durations {

    private Durations() {}

    /// `12 s`, `4 min 5 s`, `3 h 12 min`.
    static String shortly(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /// `14:32`, `1:04:32`: what is left, begun seconds counting.
    static String countdown(Duration time) {
        long seconds = Math.max(0, (time.toMillis() + 999) / 1000);
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds % 3600 / 60, seconds % 60);
    }
}
