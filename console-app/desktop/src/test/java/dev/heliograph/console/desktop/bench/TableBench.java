package dev.heliograph.console.desktop.bench;

import dev.heliograph.console.desktop.theme.Theme;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.live.LiveRows;
import dev.heliograph.console.live.Rows;
import dev.heliograph.console.text.Formats;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// What a live table of very many rows costs JavaFX's thread, with the parts that the console is made of: [LiveRows]
/// orders on a thread of its own, [LiveTable] shows.
///
/// Every row changes twice a second, the order changes once a second, and rows come and go. A tick is what the thread
/// does for one picture: taking it, and style and layout of the next frame; as time on the clock, and as processor time
/// of the thread, which is also right on a machine that is busy with other things. A click is from the selection to the
/// end of the next layout.
///
/// Arguments: rows (100000), seconds (20), rows that come and go a second (500). Prints one RESULT line.
public final class TableBench {

    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final int CLICKS = 20;

    /// A row like a connection's.
    record Row(int id, String user, String address, long queue, double rate, long messages, Status state) {}

    private final int count;
    private final Duration time;
    private final int churn;
    private final Random random = new Random(1);
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Spent> ticks = new ArrayList<>();
    private final List<Long> clicks = new ArrayList<>();
    private final LiveRows<Integer, Row> rows = new LiveRows<>(
            Row::id, Comparator.comparingDouble(Row::rate).reversed().thenComparingInt(Row::id));
    private Optional<Spent> taking = Optional.empty();
    private Optional<Spent> frameBegan = Optional.empty();
    private int nextId;

    private TableBench(int count, Duration time, int churn) {
        this.count = count;
        this.time = time;
        this.churn = churn;
    }

    public static void main(String[] arguments) throws InterruptedException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int churn = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        new TableBench(count, Duration.ofSeconds(seconds), churn).run();
        Platform.exit();
    }

    private void run() throws InterruptedException {
        CountDownLatch shown = new CountDownLatch(1);
        List<LiveTable<Integer, Row>> made = new ArrayList<>();
        Platform.runLater(() -> {
            made.add(window());
            shown.countDown();
        });
        shown.await();
        LiveTable<Integer, Row> table = made.getFirst();
        rows.picture().listen(picture -> Platform.runLater(() -> take(table, picture)));
        List<Row> live = new ArrayList<>();
        while (live.size() < count) {
            live.add(fresh());
        }
        feed(live, WARM_UP);
        Spent before = onFx(() -> {
            ticks.clear();
            return now();
        });
        feed(live, time);
        Spent all = onFx(this::now).minus(before);
        List<Spent> measured = onFx(() -> List.copyOf(ticks));
        List<Long> wall = measured.stream().map(Spent::wall).toList();
        List<Long> cpu = measured.stream().map(Spent::cpu).toList();
        for (int i = 0; i < CLICKS; i++) {
            click(table, i);
        }
        System.out.printf(
                Locale.ROOT,
                "RESULT table rows=%d churn=%d/s ticks=%d fx_ms_median=%.1f fx_ms_p95=%.1f fx_cpu_ms_median=%.1f"
                        + " fx_cpu_ms_p95=%.1f fx_thread_busy=%.1f%% click_ms_median=%.1f click_ms_max=%.1f load=%.1f%n",
                count,
                churn,
                measured.size(),
                millis(quantile(wall, 0.5)),
                millis(quantile(wall, 0.95)),
                millis(quantile(cpu, 0.5)),
                millis(quantile(cpu, 0.95)),
                100.0 * all.cpu() / all.wall(),
                millis(quantile(clicks, 0.5)),
                millis(quantile(clicks, 1)),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        rows.close();
    }

    private LiveTable<Integer, Row> window() {
        LiveTable<Integer, Row> table = new LiveTable<>(
                "Connections",
                Row::id,
                List.of(
                        LiveColumn.text("user", "User", Row::user).sorts().growing(),
                        LiveColumn.text("address", "Address", Row::address),
                        LiveColumn.status("state", "State", Row::state),
                        LiveColumn.<Row, Long>measure("queue", "Queue", Row::queue, queue -> Formats.bytes(queue))
                                .sorts(),
                        LiveColumn.measure("rate", "Rate", Row::rate, Formats::rate)
                                .sorts(),
                        LiveColumn.measure("messages", "Messages", Row::messages, Formats::count)
                                .sorts(),
                        LiveColumn.measure("id", "Id", Row::id, Formats::count)));
        Scene scene = new Scene(table, 1000, 800);
        new Theme().style(scene);
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.show();
        // What is between taking a picture and the frame is not the table's; the frame begins here.
        scene.addPreLayoutPulseListener(() -> frameBegan = taking.map(_ -> now()));
        scene.addPostLayoutPulseListener(() -> {
            frameBegan.ifPresent(began -> ticks.add(now().minus(began).plus(taking.orElseThrow())));
            frameBegan = Optional.empty();
            taking = Optional.empty();
        });
        return table;
    }

    private void take(LiveTable<Integer, Row> table, Rows<Row> picture) {
        Spent before = now();
        table.publish(picture.list());
        taking = Optional.of(now().minus(before));
    }

    private Spent now() {
        return new Spent(System.nanoTime(), threads.getCurrentThreadCpuTime());
    }

    /// Time on the clock and on the processor, in nanoseconds.
    record Spent(long wall, long cpu) {

        Spent minus(Spent other) {
            return new Spent(wall - other.wall, cpu - other.cpu);
        }

        Spent plus(Spent other) {
            return new Spent(wall + other.wall, cpu + other.cpu);
        }
    }

    /// Twice a second all rows are others.
    private void feed(List<Row> live, Duration span) {
        long end = System.nanoTime() + span.toNanos();
        long next = System.nanoTime();
        while (System.nanoTime() < end) {
            for (int i = 0; i < churn / 2; i++) {
                int victim = random.nextInt(live.size());
                rows.remove(List.of(live.get(victim).id()));
                live.set(victim, fresh());
            }
            // Their number changes, too.
            if (random.nextBoolean()) {
                live.add(fresh());
            } else {
                rows.remove(List.of(live.removeLast().id()));
            }
            live.replaceAll(this::changed);
            rows.put(live);
            next += TimeUnit.MILLISECONDS.toNanos(500);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private Row fresh() {
        int id = nextId++;
        String address = "10." + (id >> 16 & 255) + "." + (id >> 8 & 255) + "." + (id & 255);
        return changed(
                new Row(id, "user-" + id, address, 0, random.nextDouble() * 100, 0, Status.of("fine", Tone.GOOD)));
    }

    private Row changed(Row row) {
        double rate = Math.max(0, row.rate() + random.nextGaussian());
        long queue = random.nextInt(1 << 20);
        Status state = queue > 900_000 ? Status.of("slow", Tone.WARNING) : Status.of("fine", Tone.GOOD);
        return new Row(row.id(), row.user(), row.address(), queue, rate, row.messages() + (long) rate, state);
    }

    private void click(LiveTable<Integer, Row> table, int number) throws InterruptedException {
        CountDownLatch drawn = new CountDownLatch(1);
        Platform.runLater(() -> {
            long before = System.nanoTime();
            table.select(List.of(table.rows().get(number).id()));
            table.view().getScene().getRoot().layout();
            clicks.add(System.nanoTime() - before);
            drawn.countDown();
        });
        drawn.await();
    }

    private static <T> T onFx(Supplier<T> work) throws InterruptedException {
        List<T> result = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        Platform.runLater(() -> {
            result.add(work.get());
            done.countDown();
        });
        done.await();
        return result.getFirst();
    }

    private static long quantile(List<Long> values, double share) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size())));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
