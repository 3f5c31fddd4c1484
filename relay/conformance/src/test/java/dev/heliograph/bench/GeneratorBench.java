package dev.heliograph.bench;

import dev.heliograph.loadtest.Burst;
import dev.heliograph.loadtest.Dialects;
import dev.heliograph.loadtest.Swarm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/// What one process of `heliograph load run` can be: as many clients as it is made for, from addresses of its own, and
/// as many deliveries as they get of a relay on the same machine, each accounted for.
final class GeneratorBench {

    static final int CLIENTS = 15_000;

    private static final int RUNS = 5;
    private static final int SIZE = 128;

    /// Publications on their way: enough to keep the relay busy; in the buffers of kernels 30 MB.
    private static final int IN_FLIGHT = 16;

    private static final Duration ENTRY = Duration.ofSeconds(120);
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration TIME = Duration.ofSeconds(3);

    private static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0}
            client: {insecure: true}
            """;

    private final BiConsumer<String, double[]> figure;

    /// @param figure takes a figure's name and the values of the runs
    GeneratorBench(BiConsumer<String, double[]> figure) {
        this.figure = figure;
    }

    /// @throws IllegalStateException if a delivery is lost, comes twice or out of order
    void run() {
        double[] connections = new double[RUNS];
        double[] rate = new double[RUNS];
        double[] p99 = new double[RUNS];
        try (RelayUnderTest relay = RelayUnderTest.start(CONFIG);
                Swarm swarm = new Swarm(
                        URI.create("ws://127.0.0.1:" + relay.port() + "/connection/websocket"),
                        Dialects.clientProtocol(_ -> "", false),
                        List.of("bench"),
                        1)) {
            double seconds = swarm.enter(CLIENTS, _ -> new int[] {0}, ENTRY);
            swarm.saturate(IN_FLIGHT, SIZE, WARM_UP);
            for (int i = 0; i < RUNS; i++) {
                Burst burst = swarm.saturate(IN_FLIGHT, SIZE, TIME);
                if (!burst.exact()) {
                    throw new IllegalStateException(
                            "%d of %d deliveries, %d twice, %d reordered; connections that ended: %s"
                                    .formatted(
                                            burst.deliveries(),
                                            burst.expected(),
                                            burst.duplicated(),
                                            burst.reordered(),
                                            swarm.ends()));
                }
                connections[i] = swarm.live();
                rate[i] = burst.deliveriesPerSecond();
                p99[i] = burst.latencyMillis(99);
            }
            figure.accept("generator_entry_s", new double[] {seconds});
        }
        figure.accept("generator_connections", connections);
        figure.accept("generator_deliveries_per_s", rate);
        figure.accept("generator_p99_ms", p99);
    }
}
