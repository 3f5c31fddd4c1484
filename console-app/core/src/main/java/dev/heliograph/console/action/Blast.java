package dev.heliograph.console.action;

import java.util.Locale;

/// How much an action touches.
///
/// @param touched how many
/// @param total   of how many; 0 if that is not known
/// @param unit    what they are, in the plural: `connections`
public record Blast(long touched, long total, String unit) {

    /// `312 of 10,000 connections = 3.1 %`.
    public String sentence() {
        if (total <= 0) {
            return String.format(Locale.ROOT, "%,d %s", touched, unit);
        }
        return String.format(Locale.ROOT, "%,d of %,d %s = %.1f %%", touched, total, unit, 100.0 * touched / total);
    }
}
