package dev.heliograph.console.desktop.ui.chart;

import java.util.ArrayList;
import java.util.List;

/// The numbers along an axis where equal distances are equal ratios: 1, 2 and 5 times the powers of ten.
final class RatioTicks {

    private static final double[] ROUND = {1, 2, 5};

    private RatioTicks() {}

    static List<Double> of(double from, double to) {
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(from)); Math.pow(10, power) <= to; power++) {
            for (double digit : ROUND) {
                double tick = power < 0 ? digit / Math.pow(10, -power) : digit * Math.pow(10, power);
                if (tick >= from && tick <= to) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
