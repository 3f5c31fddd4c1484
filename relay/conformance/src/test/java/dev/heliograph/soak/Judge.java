package dev.heliograph.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Says whether a relay that ran for long needs as much at the end as it did when it was warm, is as fast, and did
/// what it should. It knows the figures only.
final class Judge {

    /// Of the time; in it code is compiled, histories and memories of limited size fill up.
    static final double WARM_UP = 0.2;

    /// Windows after the warm-up that it takes to see a trend: two in each third.
    static final int LEAST_WINDOWS = 6;

    private static final double MIB = 1_024 * 1_024;

    /// Growth over all windows after the warm-up, as a share of the median. Less than the least of each is not told
    /// from noise.
    private static final double HEAP_GROWTH = 0.05;

    private static final double LEAST_HEAP_MIB = 4;
    private static final double COUNT_GROWTH = 0.01;
    private static final double LEAST_DESCRIPTORS = 32;
    private static final double LEAST_THREADS = 4;

    /// What the last third may have of the first third's latency.
    private static final double DRIFT = 1.25;

    /// Milliseconds of the 99th percentile below which a busy machine decides.
    private static final double LEAST_P99 = 10;

    /// Descriptors that may stay when all clients are gone: idle connections of what measures, files opened late.
    private static final int REST = 8;

    /// One thing that was to be.
    ///
    /// @param key      as in results
    /// @param measured what it is
    /// @param holds    whether that is as it should be
    /// @param wish     what it should be, in words
    record Finding(String key, double measured, boolean holds, String wish) {

        private static Finding atMost(String key, double measured, double bound) {
            return new Finding(key, measured, measured <= bound, "at most " + plain(bound));
        }

        private static Finding atLeast(String key, double measured, double bound) {
            return new Finding(key, measured, measured >= bound, "at least " + plain(bound));
        }

        private static Finding none(String key, double measured) {
            return new Finding(key, measured, measured == 0, "none");
        }

        /// In words, as in `heap_growth_mb is 31.2, should be at most 4`.
        String text() {
            return "%s is %s, should be %s".formatted(key, plain(measured), wish);
        }

        /// The number with up to two decimals.
        static String plain(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
        }
    }

    private Judge() {}

    /// @param windows of the same length, in order
    static List<Finding> judge(List<Window> windows, Rest rest, Deeds deeds) {
        List<Finding> findings = new ArrayList<>();
        List<Window> warm = windows.subList((int) Math.ceil(WARM_UP * windows.size()), windows.size());
        findings.add(Finding.atLeast("windows_after_warm_up", warm.size(), LEAST_WINDOWS));
        findings.add(Finding.none(
                "windows_without_deliveries",
                windows.stream().filter(each -> each.deliveries() == 0).count()));
        if (warm.size() >= LEAST_WINDOWS) {
            findings.add(growth("heap_growth_mb", warm, each -> each.heap() / MIB, HEAP_GROWTH, LEAST_HEAP_MIB));
            findings.add(growth("descriptors_growth", warm, Window::descriptors, COUNT_GROWTH, LEAST_DESCRIPTORS));
            findings.add(growth("threads_growth", warm, Window::threads, COUNT_GROWTH, LEAST_THREADS));
            findings.add(drift(warm));
        }
        findings.add(Finding.atMost("descriptors_left", rest.descriptorsAfter() - rest.descriptorsBefore(), REST));
        findings.add(Finding.none("clients_left", rest.clientsAfter()));
        findings.add(Finding.none("lost", deeds.lost()));
        findings.add(Finding.none("duplicated", deeds.duplicated()));
        findings.add(Finding.none("reordered", deeds.reordered()));
        findings.add(Finding.none("away", deeds.away()));
        findings.add(Finding.none("failed", deeds.failed()));
        findings.add(Finding.none("admitted", deeds.admitted()));
        // A load that did nothing shows nothing.
        findings.add(Finding.atLeast("left", deeds.left(), 1));
        findings.add(Finding.atLeast("returned", deeds.returned(), 1));
        findings.add(Finding.atLeast("cut", deeds.cut(), 1));
        findings.add(Finding.atLeast("refused", deeds.refused(), 1));
        return findings;
    }

    private static Finding growth(
            String key, List<Window> warm, ToDoubleFunction<Window> figure, double share, double least) {
        double[] values = values(warm, figure);
        return Finding.atMost(
                key, Trend.growth(values(warm, Window::at), values), Math.max(share * Trend.median(values), least));
    }

    private static Finding drift(List<Window> warm) {
        int third = warm.size() / 3;
        double first = Trend.median(values(warm.subList(0, third), Window::p99));
        double last = Trend.median(values(warm.subList(warm.size() - third, warm.size()), Window::p99));
        return new Finding(
                "p99_drift",
                first == 0 ? 0 : last / first,
                last <= Math.max(DRIFT * first, LEAST_P99),
                "at most %s, or the last below %s ms (first %s ms, last %s ms)"
                        .formatted(DRIFT, Finding.plain(LEAST_P99), Finding.plain(first), Finding.plain(last)));
    }

    private static double[] values(List<Window> windows, ToDoubleFunction<Window> figure) {
        return windows.stream().mapToDouble(figure).toArray();
    }
}
