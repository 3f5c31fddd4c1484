package dev.heliograph.capacity;

import java.util.Locale;

/// Bounds of values. What is out of bounds is an [IllegalArgumentException] whose message begins with the key.
final class Check {

    private Check() {}

    static void within(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    key + ": " + number(value) + " is not between " + number(least) + " and " + number(most));
        }
    }

    static void notEmpty(String key, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(key + ": is empty");
        }
    }

    /// Whole numbers without a point, others with what counts.
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.toString(Double.parseDouble(String.format(Locale.ROOT, "%.4g", value)));
    }
}
