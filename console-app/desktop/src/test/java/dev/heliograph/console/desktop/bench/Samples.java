package dev.heliograph.console.desktop.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Measured times. Threadsafe.
final class Samples {

    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());

    void add(double value) {
        millis.add(value);
    }

    /// `n=120 p50=1.2 p95=3.4 p99=5.0 max=9.9`.
    String summary() {
        List<Double> sorted;
        synchronized (millis) {
            sorted = millis.stream().sorted().toList();
            millis.clear();
        }
        if (sorted.isEmpty()) {
            return "n=0";
        }
        return String.format(
                Locale.ROOT,
                "n=%d p50=%.1f p95=%.1f p99=%.1f max=%.1f",
                sorted.size(),
                at(sorted, 0.5),
                at(sorted, 0.95),
                at(sorted, 0.99),
                sorted.getLast());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
    }
}
