package dev.heliograph.soak;

import java.util.Arrays;

/// Where a series goes, whatever single points do.
final class Trend {

    private Trend() {}

    /// The middle of the values, or the mean of the two in the middle.
    ///
    /// @throws IllegalArgumentException if there is none
    static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing has no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// The growth from the first point to the last, as the median of the slopes between any two points (Theil–Sen)
    /// says: up to 29 % of the points may be anywhere.
    ///
    /// @param at rising
    /// @return 0 for fewer than two points
    static double growth(double[] at, double[] values) {
        int count = values.length;
        if (count < 2) {
            return 0;
        }
        double[] slopes = new double[count * (count - 1) / 2];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                slopes[next++] = (values[j] - values[i]) / (at[j] - at[i]);
            }
        }
        return median(slopes) * (at[count - 1] - at[0]);
    }
}
