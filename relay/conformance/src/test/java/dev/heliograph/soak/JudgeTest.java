package dev.heliograph.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

    private static final int WINDOWS = 30;
    private static final long MIB = 1_024 * 1_024;
    private static final Deeds GOOD = new Deeds(0, 0, 0, 0, 0, 0, 100, 100, 10, 100, 1_000_000);

    private static final Rest REST = new Rest(50, 52, 0);

    private static final IntToDoubleFunction HEAP = _ -> 60;
    private static final IntToDoubleFunction DESCRIPTORS = _ -> 3_000;
    private static final IntToDoubleFunction THREADS = _ -> 30;
    private static final IntToDoubleFunction P99 = _ -> 20;

    /// @param heap in MiB; each figure is that of the window with a number
    private static List<Window> windows(
            int count,
            IntToDoubleFunction heap,
            IntToDoubleFunction descriptors,
            IntToDoubleFunction threads,
            IntToDoubleFunction p99) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Window(
                        60.0 * (i + 1),
                        (long) (heap.applyAsDouble(i) * MIB),
                        200 * MIB,
                        (int) descriptors.applyAsDouble(i),
                        (int) threads.applyAsDouble(i),
                        3_000,
                        100_000,
                        1,
                        p99.applyAsDouble(i)))
                .toList();
    }

    /// The keys of what does not hold.
    private static List<String> faults(List<Window> windows, Rest rest, Deeds deeds) {
        return Judge.judge(windows, rest, deeds).stream()
                .filter(each -> !each.holds())
                .map(Judge.Finding::key)
                .toList();
    }

    private static List<String> faults(List<Window> windows) {
        return faults(windows, REST, GOOD);
    }

    @Test
    void aFlatRunHolds() {
        assertThat(faults(windows(WINDOWS, HEAP, DESCRIPTORS, THREADS, P99))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aNoisyFlatRunHolds(long seed) {
        Random random = new Random(seed);
        assertThat(faults(windows(
                        WINDOWS,
                        // One full collection in ten comes while histories are rewritten.
                        _ -> 60 + random.nextGaussian() + (random.nextInt(10) == 0 ? 40 : 0),
                        _ -> 3_000 + random.nextInt(-15, 15),
                        _ -> 30 + random.nextInt(3),
                        _ -> 20 * Math.exp(0.1 * random.nextGaussian()) + (random.nextInt(10) == 0 ? 500 : 0))))
                .isEmpty();
    }

    @Test
    void whatGrowsWhileItWarmsUpIsNoFault() {
        assertThat(faults(windows(
                        WINDOWS,
                        i -> Math.min(10 + 10 * i, 60),
                        i -> Math.min(1_000 * (i + 1), 3_000),
                        i -> Math.min(20 + i, 24),
                        i -> Math.max(200 - 40 * i, 20))))
                .isEmpty();
    }

    @Test
    void aHeapThatGrowsSteadilyIsALeak() {
        Random random = new Random(1);
        assertThat(faults(windows(WINDOWS, i -> 60 + 0.3 * i + random.nextGaussian(), DESCRIPTORS, THREADS, P99)))
                .containsExactly("heap_growth_mb");
    }

    @Test
    void aHeapThatShrinksIsNone() {
        assertThat(faults(windows(WINDOWS, i -> 60 - i, DESCRIPTORS, THREADS, P99)))
                .isEmpty();
    }

    @Test
    void descriptorsThatAreNotClosedAreALeak() {
        assertThat(faults(windows(WINDOWS, HEAP, i -> 3_000 + 10 * i, THREADS, P99)))
                .containsExactly("descriptors_growth");
    }

    @Test
    void descriptorsThatStayWhenAllClientsAreGoneAreALeak() {
        List<Window> windows = windows(WINDOWS, HEAP, DESCRIPTORS, THREADS, P99);

        assertThat(faults(windows, new Rest(50, 58, 0), GOOD)).isEmpty();
        assertThat(faults(windows, new Rest(50, 59, 0), GOOD)).containsExactly("descriptors_left");
        assertThat(faults(windows, new Rest(50, 50, 1), GOOD)).containsExactly("clients_left");
    }

    @Test
    void threadsThatDoNotEndAreALeak() {
        assertThat(faults(windows(WINDOWS, HEAP, DESCRIPTORS, i -> 30 + i / 4, P99)))
                .containsExactly("threads_growth");
    }

    @Test
    void latencyThatGrowsDrifts() {
        assertThat(faults(windows(WINDOWS, HEAP, DESCRIPTORS, THREADS, i -> 20 + 0.5 * i)))
                .containsExactly("p99_drift");
    }

    @Test
    void latencyThatGrowsAndIsStillSmallDoesNot() {
        assertThat(faults(windows(WINDOWS, HEAP, DESCRIPTORS, THREADS, i -> 1 + 0.2 * i)))
                .isEmpty();
    }

    @Test
    void tooFewWindowsAreSaidAndFail() {
        List<Judge.Finding> findings = Judge.judge(windows(6, i -> 60 + 60 * i, DESCRIPTORS, THREADS, P99), REST, GOOD);

        assertThat(findings.stream().filter(each -> !each.holds()).map(Judge.Finding::text))
                .containsExactly("windows_after_warm_up is 4, should be at least 6");
        assertThat(findings).noneMatch(each -> each.key().contains("growth"));
    }

    @Test
    void aRunWithoutWindowsFails() {
        assertThat(faults(List.of())).containsExactly("windows_after_warm_up");
    }

    @Test
    void aWindowWithoutDeliveriesIsAFault() {
        List<Window> windows = IntStream.range(0, WINDOWS)
                .mapToObj(i -> new Window(60.0 * (i + 1), 60 * MIB, 200 * MIB, 50, 30, 0, i == 9 ? 0 : 1, 0, 0))
                .toList();

        assertThat(faults(windows)).containsExactly("windows_without_deliveries");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1, 0, 0, 0, 0, 0, lost
            0, 1, 0, 0, 0, 0, duplicated
            0, 0, 1, 0, 0, 0, reordered
            0, 0, 0, 1, 0, 0, away
            0, 0, 0, 0, 1, 0, failed
            0, 0, 0, 0, 0, 1, admitted
            """)
    void anAccountThatIsNotExactIsAFault(
            long lost, long duplicated, long reordered, long away, long failed, long admitted, String key) {
        Deeds bad = new Deeds(lost, duplicated, reordered, away, failed, admitted, 0, 0, 0, 0, 0);

        assertThat(faults(windows(WINDOWS, HEAP, DESCRIPTORS, THREADS, P99), REST, GOOD.plus(bad)))
                .containsExactly(key);
    }

    @Test
    void aLoadThatDidNothingShowsNothing() {
        assertThat(faults(windows(WINDOWS, HEAP, DESCRIPTORS, THREADS, P99), REST, Deeds.NONE))
                .containsExactly("left", "returned", "cut", "refused");
    }

    @Test
    void aFaultIsSaidInWords() {
        assertThat(Judge.judge(windows(WINDOWS, i -> 60 + i, DESCRIPTORS, THREADS, P99), REST, GOOD).stream()
                        .filter(each -> !each.holds())
                        .map(Judge.Finding::text))
                .containsExactly("heap_growth_mb is 23, should be at most 4");
    }
}
