package dev.heliograph.console.desktop.capacity;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.PriceList;
import dev.heliograph.console.capacity.Packaged;
import dev.heliograph.console.capacity.PlanModel;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.overview.Figure;
import dev.heliograph.console.overview.OverviewState;
import dev.heliograph.console.overview.OverviewState.Standing;
import dev.heliograph.console.overview.OverviewState.Tile;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.wire.ChannelList;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/// Models of plans over a cluster of three relays, from figures and prices that stay the same: those that
/// come with the console change with each measurement.
final class TestPlans {

    static final String CALIBRATION = """
        {
          "machine": "Xeon of a test, 2 cores", "cores": 2, "date": "2026-11-30", "version": "1.4.2", "sources": {},
          "measured": {
            "process": {"rss_bytes": 174000000, "heap_bytes": 25000000},
            "connection": {"rss_bytes": 2600, "heap_bytes": 2400, "connect_cpu_us": 480, "ping_cpu_us": 23,
                           "subscription_bytes": 306},
            "publication": {"api_cpu_us": 56, "api_batch_cpu_us": 1.6, "websocket_cpu_us": 14},
            "delivery": [
              {"in_flight": 1, "fan_out": 1000, "payload_bytes": 128, "cpu_us": 8, "per_second": 0},
              {"in_flight": 1, "fan_out": 1000, "payload_bytes": 1024, "cpu_us": 9, "per_second": 0},
              {"in_flight": 32, "fan_out": 1000, "payload_bytes": 128, "cpu_us": 0.5, "per_second": 0},
              {"in_flight": 32, "fan_out": 1000, "payload_bytes": 1024, "cpu_us": 0.9, "per_second": 0}
            ],
            "network": {"delivery_overhead_bytes": 78},
            "latency": {"idle_p99_ms": 17},
            "redis": {"api_cpu_us": 90, "api_history_cpu_us": 110, "heard_cpu_us": 20, "redis_cpu_us": 20,
                      "redis_history_cpu_us": 40, "idle_p99_ms": 20, "base_bytes": 2000000, "channel_bytes": 600,
                      "entry_bytes": 100},
            "saturation": []
          }
        }
        """;

    private static final String SERVICE = """
        {"name": "%s", "priced": "messages", "as_of": "2026-0%d", "note": "'Pricing' of its documentation.",
         "base_month": 29, "message_kib": 64, "counted": "delivered", "message_tiers": [{"per_million": %s}],
         "connection_tiers": [], "channel_tiers": []}""";

    private final StubApi api =
            new StubApi().answer("channels", _ -> new ChannelList(List.of(), 1_240, true, List.of()));
    private final Value<OverviewState> overview = new Value<>(overview());
    final Workspace workspace = Fakes.workspace(api.api(), Toolkit.CLOCK);

    PlanModel model(Optional<String> kept, Consumer<String> keep) {
        PriceList prices = PriceList.parse(
                "test",
                "{\"note\": \"List prices as they were published, without tax. Check them before you decide"
                        + " anything.\", \"currency\": \"USD\", \"services\": ["
                        + SERVICE.formatted("Messages by the Million, Standard, Europe", 1, "0.9") + ","
                        + SERVICE.formatted("Sockets for Rent", 5, "2.5") + "]}");
        return new PlanModel(
                workspace, overview, new Packaged(Calibration.parse("test", CALIBRATION), prices), kept, keep);
    }

    PlanModel model() {
        return model(Optional.empty(), _ -> {});
    }

    /// Waits for the plan of what is written.
    static void await(PlanModel model) {
        Awaitility.await("the plan of what is written")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !model.outcome().get().loading()
                        && model.outcome()
                                .get()
                                .data()
                                .filter(each -> model.form()
                                        .get()
                                        .demand()
                                        .filter(each.demand()::equals)
                                        .isPresent())
                                .isPresent());
    }

    private static OverviewState overview() {
        List<Tile> nodes = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            NodeRow row = new NodeRow(
                    "id-" + number,
                    "relay-" + number,
                    "10.0.0." + number + ":8000",
                    "1.4.2",
                    "blue",
                    number == 1,
                    false,
                    0,
                    15_000,
                    15_000,
                    500,
                    30_000,
                    120,
                    8,
                    400_000_000L,
                    0,
                    0);
            nodes.add(new Tile(row.name(), row, Map.of(), Standing.UP, Toolkit.CLOCK.instant()));
        }
        return new OverviewState(
                Optional.of(Toolkit.CLOCK.instant()),
                nodes,
                Map.of(Figure.CONNECTIONS, 45_000.0, Figure.PUBLICATIONS, 400.0, Figure.DELIVERIES, 12_000.0),
                Optional.empty());
    }
}
