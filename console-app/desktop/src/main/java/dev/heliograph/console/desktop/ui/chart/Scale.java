package dev.heliograph.console.desktop.ui.chart;

import java.util.ArrayList;
import java.util.List;

/// The values of an axis: from zero, or from below it, to a round number, in round steps.
///
/// @param low  the value at the bottom
/// @param high the value at the top, above all values
/// @param step from tick to tick
record Scale(double low, double high, double step) {

    private static final double[] DECIMAL = {1, 2, 5, 10};

    /// @param binary whether round means powers of two, as it does for bytes
    /// @param ticks  about as many
    static Scale of(double least, double greatest, boolean binary, int ticks) {
        double top = greatest > 0 && Double.isFinite(greatest) ? greatest : 0;
        double bottom = least < 0 && Double.isFinite(least) ? least : 0;
        if (top == bottom) {
            top = bottom + 1;
        }
        double rough = (top - bottom) / Math.max(1, ticks);
        double step = binary ? power(rough) : round(rough);
        return new Scale(Math.floor(bottom / step) * step, Math.ceil(top / step) * step, step);
    }

    private static double power(double rough) {
        // Less than a byte is no step.
        return Math.max(1, Math.pow(2, Math.ceil(Math.log(rough) / Math.log(2))));
    }

    private static double round(double rough) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : DECIMAL) {
            if (factor * magnitude >= rough * 0.999_999) {
                return factor * magnitude;
            }
        }
        return 10 * magnitude;
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        long count = Math.round((high - low) / step);
        for (long i = 0; i <= count; i++) {
            ticks.add(low + i * step);
        }
        return ticks;
    }

    /// Where a value is, from 0 at the bottom to 1 at the top.
    double place(double value) {
        return (value - low) / (high - low);
    }
}
