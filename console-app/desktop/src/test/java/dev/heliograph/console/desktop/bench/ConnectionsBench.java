package dev.heliograph.console.desktop.bench;

import dev.heliograph.console.connections.ConnectionsModel;
import dev.heliograph.console.connections.ListModel;
import dev.heliograph.console.connections.SavedViews;
import dev.heliograph.console.desktop.connections.ConnectionsPage;
import dev.heliograph.console.desktop.testing.LiveCluster;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.testkit.JsonClient;
import dev.heliograph.testkit.RelayProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.awaitility.Awaitility;

/// The list of connections over very many live ones on three nodes, while others come and go: is it usable?
///
/// Starts relays and clients, shows the page in a stage, and measures for a time each with the first 200 rows and with
/// all rows: how late JavaFX's thread comes to what is asked of it, how often the table is brought up to date, how long
/// after its connect a client is in the table, and whether a selected row stays selected. Prints a line `RESULT` for
/// each.
///
/// Arguments: connections (15000), how many come and go a second (500), seconds of each part (30).
public final class ConnectionsBench {

    private static final int TENTHS = 10;

    private final Samples lag = new Samples();
    private final Samples freshness = new Samples();
    private final AtomicInteger pictures = new AtomicInteger();
    private final Map<String, Long> awaited = new ConcurrentHashMap<>();
    private final int connections;
    private final int churn;
    private final int seconds;

    private ConnectionsBench(int connections, int churn, int seconds) {
        this.connections = connections;
        this.churn = churn;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws InterruptedException {
        new ConnectionsBench(argument(arguments, 0, 15_000), argument(arguments, 1, 500), argument(arguments, 2, 30))
                .run();
        System.exit(0);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void run() throws InterruptedException {
        try (LiveCluster cluster = new LiveCluster(3);
                RawFleet fleet = new RawFleet(
                        cluster.relays().relays().stream().map(RelayProcess::port).toList(), this::came);
                JsonClient kept = cluster.relays().connect(0, "kept");
                ConnectionsModel model = new ConnectionsModel(cluster.workspace(), SavedViews.inMemory());
                ScheduledExecutorService timer = Executors.newScheduledThreadPool(2)) {
            fill(fleet);
            LiveTable<String, ConnectionRow> table = show(cluster, model);
            var _ = timer.scheduleAtFixedRate(this::probe, 0, 50, TimeUnit.MILLISECONDS);
            measure("idle-first-200", model, table, fleet, kept, false, timer);
            measure("churn-first-200", model, table, fleet, kept, true, timer);
            model.list().window(ListModel.MOST_ROWS);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> model.list().rows().get().held() > connections * 9 / 10);
            measure("churn-all-rows", model, table, fleet, kept, true, timer);
            timer.shutdownNow();
        }
    }

    private void fill(RawFleet fleet) {
        int step = 500;
        for (int sum = 0; sum < connections; sum += step) {
            fleet.come(Math.min(step, connections - sum));
            int wanted = Math.min(connections, sum + step);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> fleet.size() + fleet.failures() >= wanted);
        }
        System.out.printf("connected %,d, failed %,d%n", fleet.size(), fleet.failures());
        awaited.clear();
    }

    @SuppressWarnings("unchecked")
    private LiveTable<String, ConnectionRow> show(LiveCluster cluster, ConnectionsModel model) {
        model.list().ask("order by connected asc");
        return Toolkit.onFx(() -> {
            Parent page = LiveCluster.around(
                    cluster.workspace(),
                    (workspace, commander) -> new ConnectionsPage(
                            model, commander, workspace.clock(), Optional.empty(), _ -> {}));
            Scene scene = new Scene(page, 1_000, 800);
            Toolkit.theme().style(scene);
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            model.list().rows().listen(picture -> {
                pictures.incrementAndGet();
                long now = System.nanoTime();
                picture.list().forEach(row -> {
                    Long since = awaited.remove(row.id());
                    if (since != null) {
                        freshness.add((now - since) / 1e6);
                    }
                });
            });
            return (LiveTable<String, ConnectionRow>) page.lookup("#connections-table");
        });
    }

    private void measure(
            String what,
            ConnectionsModel model,
            LiveTable<String, ConnectionRow> table,
            RawFleet fleet,
            JsonClient kept,
            boolean changing,
            ScheduledExecutorService timer)
            throws InterruptedException {
        Toolkit.runOnFx(() -> table.select(List.of()));
        var going = timer.scheduleAtFixedRate(
                () -> {
                    if (changing) {
                        fleet.go(churn / TENTHS);
                        fleet.come(churn / TENTHS);
                    }
                },
                0,
                1_000 / TENTHS,
                TimeUnit.MILLISECONDS);
        TimeUnit.SECONDS.sleep(3);
        reset();
        long cpu = cpu();
        TimeUnit.SECONDS.sleep(seconds);
        double used = 100.0 * (cpu() - cpu) / TimeUnit.SECONDS.toNanos(seconds);
        int seen = pictures.get();
        System.out.printf(
                "RESULT %s rows=%d matched=%d clients=%d failed=%d pictures/s=%.1f cpu%%=%.0f%n",
                what,
                model.list().rows().get().list().size(),
                model.list().state().get().matched(),
                fleet.size(),
                fleet.failures(),
                (double) seen / seconds,
                used);
        System.out.printf("RESULT %s fx-lag-ms %s%n", what, lag.summary());
        System.out.printf("RESULT %s connect-to-table-ms %s%n", what, freshness.summary());
        Toolkit.runOnFx(() -> table.select(List.of(kept.id())));
        TimeUnit.SECONDS.sleep(5);
        boolean selected = Toolkit.onFx(() -> table.selectedIds().contains(kept.id()));
        System.out.printf(
                "RESULT %s selection-kept=%b waiting=%d%n",
                what, selected, model.list().rows().get().waiting());
        going.cancel(false);
    }

    private void reset() {
        lag.summary();
        freshness.summary();
        awaited.clear();
        pictures.set(0);
    }

    /// How late JavaFX's thread comes to something that costs nothing.
    private void probe() {
        long asked = System.nanoTime();
        Platform.runLater(() -> lag.add((System.nanoTime() - asked) / 1e6));
    }

    /// One of twenty is waited for.
    private void came(String id, long at) {
        if (id.hashCode() % 20 == 0) {
            awaited.put(id, at);
        }
    }

    private static long cpu() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
