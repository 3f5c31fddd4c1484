package dev.heliograph.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveRowsTest {

    private record Row(String id, int rate) {}

    /// By rate, the largest first.
    private static final Comparator<Row> BY_RATE =
            Comparator.comparingInt(Row::rate).reversed().thenComparing(Row::id);

    private static final long SECOND = 1_000_000_000L;

    private final Never never = new Never();
    private final LiveRows<String, Row> rows = new LiveRows<>(Row::id, BY_RATE, never);
    private long now = 10 * SECOND;

    @AfterEach
    void close() {
        rows.close();
        never.shutdownNow();
    }

    private List<String> after(double seconds) {
        now += (long) (seconds * SECOND);
        rows.publish(now);
        return shown();
    }

    private List<String> shown() {
        return rows.picture().get().list().stream()
                .map(row -> row.id() + row.rate())
                .toList();
    }

    @Test
    void rowsAreInTheirOrder() {
        rows.put(List.of(new Row("a", 1), new Row("b", 3), new Row("c", 2)));

        assertThat(after(0)).containsExactly("b3", "c2", "a1");
    }

    @Test
    void valuesChangeTwiceASecondAndTheOrderOnce() {
        rows.put(List.of(new Row("a", 1), new Row("b", 3)));
        after(0);

        rows.put(List.of(new Row("a", 9)));
        assertThat(after(0.5)).containsExactly("b3", "a9");
        assertThat(after(0.5)).containsExactly("a9", "b3");
    }

    @Test
    void anOrderThatIsDueComesWithoutAnotherChange() {
        rows.put(List.of(new Row("a", 1), new Row("b", 3)));
        after(0);
        int before = never.scheduled.size();

        rows.put(List.of(new Row("a", 9)));
        after(0.5);

        assertThat(never.scheduled).hasSize(before + 2);
        after(0.5);
        assertThat(never.scheduled).hasSize(before + 2);
    }

    @Test
    void whileTheOrderIsFrozenRowsStayWhereTheyAre() {
        rows.put(List.of(new Row("a", 1), new Row("b", 3), new Row("c", 2)));
        after(0);
        rows.freeze(true);

        rows.put(List.of(new Row("a", 9), new Row("d", 5)));
        rows.remove(List.of("c"));
        assertThat(after(5)).containsExactly("b3", "c2", "a9");

        Rows<Row> picture = rows.picture().get();
        assertThat(picture.isFrozen()).isTrue();
        assertThat(picture.waiting()).isEqualTo(1);
        assertThat(picture.list()).filteredOn(picture::isDeparted).containsExactly(new Row("c", 2));
        assertThat(picture.held()).isEqualTo(3);

        rows.freeze(false);
        assertThat(after(5)).containsExactly("a9", "d5", "b3");
        assertThat(rows.picture().get().waiting()).isZero();
        assertThat(rows.picture().get().list()).noneMatch(rows.picture().get()::isDeparted);
    }

    @Test
    void aRowThatGoesAndComesBackWhileTheOrderIsFrozenIsNotDeparted() {
        rows.put(List.of(new Row("a", 1), new Row("b", 3)));
        after(0);
        rows.freeze(true);
        rows.remove(List.of("b"));
        after(1);
        rows.put(List.of(new Row("b", 4)));

        assertThat(after(1)).containsExactly("b4", "a1");
        assertThat(rows.picture().get().list()).noneMatch(rows.picture().get()::isDeparted);
    }

    @Test
    void anotherOrderOrFilterIsTakenAtOnceAlsoWhileFrozen() {
        rows.put(List.of(new Row("a", 1), new Row("b", 3)));
        after(0);
        rows.freeze(true);

        rows.order(Comparator.comparing(Row::id));
        assertThat(after(0.1)).containsExactly("a1", "b3");
        rows.filter(row -> row.rate() > 2);
        assertThat(after(0.1)).containsExactly("b3");
        assertThat(rows.picture().get().held()).isEqualTo(2);

        rows.put(List.of(new Row("c", 7)));
        assertThat(after(5)).containsExactly("b3");
    }

    @Test
    void afterAResetTheFirstRowsAreOrderedAtOnceAndOldOnesAreGone() {
        rows.put(List.of(new Row("a", 1), new Row("b", 3)));
        after(0);
        rows.freeze(true);

        rows.reset(Comparator.comparing(Row::id), _ -> true);
        assertThat(after(0.1)).isEmpty();
        rows.put(List.of(new Row("y", 1), new Row("x", 2)));
        assertThat(after(0.1)).containsExactly("x2", "y1");
    }

    @Test
    void aFullPictureReplacesWhatWasThere() {
        rows.put(List.of(new Row("a", 1), new Row("b", 3)));
        after(0);
        rows.replace(List.of(new Row("b", 4), new Row("c", 2)));

        assertThat(after(1)).containsExactly("b4", "c2");
    }

    @Test
    void nothingIsPublishedAfterTheEnd() {
        rows.put(List.of(new Row("a", 1)));
        rows.close();

        assertThat(after(1)).isEmpty();
    }

    @Test
    void sortsOnItsOwnThreadAndKeepsUpWithChangesFromSeveralOthers() {
        AtomicReference<String> thread = new AtomicReference<>("");
        try (LiveRows<String, Row> live = new LiveRows<>(Row::id, BY_RATE)) {
            live.picture().listen(picture -> {
                if (!picture.list().isEmpty()) {
                    thread.set(Thread.currentThread().getName());
                }
            });
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int base = writer * 1_000;
                writers.add(Thread.ofVirtual()
                        .start(() -> IntStream.range(base, base + 1_000)
                                .forEach(i -> live.put(List.of(new Row("r" + i, i))))));
            }
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> live.picture().get().list().size() == 4_000);
            assertThat(live.picture().get().list()).isSortedAccordingTo(BY_RATE);
            assertThat(thread.get()).isEqualTo("live");
            writers.forEach(each -> assertThat(each.isAlive()).isFalse());
        }
    }

    /// Does nothing of what it is given, and remembers how often.
    private static final class Never extends ScheduledThreadPoolExecutor {

        private final List<Long> scheduled = new ArrayList<>();

        Never() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            scheduled.add(unit.toMillis(delay));
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }
}
