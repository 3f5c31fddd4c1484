package dev.heliograph.console.desktop.ui.chart;

import java.util.List;

/// The pattern of each line, so that those who do not see the colours tell the lines apart.
final class Dashes {

    private static final List<double[]> PATTERNS = List.of(
            new double[] {},
            new double[] {6, 4},
            new double[] {2, 3},
            new double[] {9, 3, 2, 3},
            new double[] {12, 4},
            new double[] {4, 2},
            new double[] {2, 6},
            new double[] {9, 3, 2, 3, 2, 3});

    private Dashes() {}

    static double[] of(int number) {
        return PATTERNS.get(Math.floorMod(number, PATTERNS.size())).clone();
    }
}
