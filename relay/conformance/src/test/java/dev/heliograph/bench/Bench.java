package dev.heliograph.bench;

import dev.heliograph.server.auth.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/// Measures relays on this machine: fan-out, latency, connects, memory, start-up, what the guard, metrics and a shared
/// Redis cost, what storms and floods of handshakes do, how long operators wait for the list of connections, how
/// evenly a drain moves them, and what the generator of load tests can do itself. Every figure is the median of a few
/// runs, with the lowest and highest behind it in the JSON. Ends with a RESULT line; exit 0 only if every target holds.
public final class Bench {

    private static final int SUBSCRIBERS = 1_000;
    private static final int PAYLOAD = 128;

    /// Publications on their way at any time: enough to keep the relay busy, and few, where the way back to the
    /// publisher limits the rate as well.
    private static final int SATURATED = 32;

    private static final int FEW = 4;

    private static final int STALLED = 10;
    private static final int SLOW_CODE = 3008;

    private static final int DRAINED = 10_000;
    private static final int DRAIN_SECONDS = 60;

    private static final int RUNS = 5;
    private static final String SECRET = "bench-secret-bench-secret-bench-secret";

    private static final String CONFIG = """
        http_server: {address: 127.0.0.1, port: 0}
        client: {insecure: true, token: {hmac_secret_key: %s}}
        http_api: {insecure: true}
        """.formatted(SECRET);

    private static final String STALLED_CONFIG = """
        http_server: {address: 127.0.0.1, port: 0}
        client: {insecure: true, queue_max_size: 256KiB}
        websocket: {write_timeout: 0s}
        """;

    private final Map<String, double[]> figures = new LinkedHashMap<>();
    private final List<String> missed = new ArrayList<>();

    private Bench() {}

    /// @param args which parts to measure; all of them if none is named
    public static void main(String[] args) throws IOException {
        Bench bench = new Bench();
        Map<String, Runnable> parts = new LinkedHashMap<>();
        parts.put("start", bench::startUp);
        parts.put("fan-out", bench::fanOut);
        parts.put("stalled", bench::stalledReaders);
        parts.put("connects", bench::connects);
        parts.put("memory", bench::memory);
        parts.put("guard", bench::guard);
        parts.put("storm", bench::storm);
        parts.put("flood", bench::flood);
        parts.put("cluster", new ClusterBench(bench::figure)::run);
        parts.put("observe", bench::observe);
        parts.put("drain", bench::drain);
        parts.put("connections", bench::connectionList);
        parts.put("generator", bench::generator);
        List<String> wanted = args.length == 0 ? List.copyOf(parts.keySet()) : List.of(args);
        for (String part : wanted) {
            Runnable measure = parts.get(part);
            if (measure == null) {
                System.err.println("bench: " + part + " is none of " + String.join(", ", parts.keySet()));
                System.exit(2);
                return;
            }
            measure.run();
        }
        System.exit(bench.report() ? 0 : 1);
    }

    private void drain() {
        new DrainBench(DRAINED, DRAIN_SECONDS, this::figure).run();
        atLeast("drain_connections", DRAINED);
        atLeast("drain_seconds", 0.9 * DRAIN_SECONDS);
        atMost("drain_seconds", 1.1 * DRAIN_SECONDS);
        atMost("drain_peak_per_second", 1.25 * value("drain_set_point"));
        atMost("drain_lost", 0);
        atMost("drain_client_errors", 0);
        atLeast("drain_done", 1);
    }

    private void startUp() {
        double[] seconds = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            try (RelayUnderTest relay = RelayUnderTest.start(CONFIG)) {
                seconds[i] = relay.startSeconds();
            }
        }
        figure("start_s", seconds);
        atMost("start_s", 1.5);
    }

    private void fanOut() {
        try (RelayUnderTest relay = RelayUnderTest.start(CONFIG);
                Fleet fleet = new Fleet(relay.port(), "bench", _ -> "{}");
                Publisher publisher = new Publisher(relay.port(), "bench", PAYLOAD)) {
            fleet.open(SUBSCRIBERS);
            // Warm up: compiled code is what runs for all but the first seconds of a relay's life.
            saturate(fleet, publisher, SATURATED, 4_000);
            measure("", relay, fleet, () -> saturate(fleet, publisher, SATURATED, 3_000));
            measure("few_", relay, fleet, () -> saturate(fleet, publisher, FEW, 3_000));
            measure("paced_", relay, fleet, () -> paced(fleet, publisher, 60, 3_000));
        }
        atLeast("deliveries_per_s", 400_000);
    }

    /// Runs a load a few times.
    ///
    /// @param load returns how many frames were delivered
    private void measure(String prefix, RelayUnderTest relay, Fleet fleet, LongSupplier load) {
        double[] rate = new double[RUNS];
        double[] cpu = new double[RUNS];
        double[] p50 = new double[RUNS];
        double[] p99 = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            fleet.measure(true);
            double before = relay.cpuSeconds();
            long began = System.nanoTime();
            long delivered = load.getAsLong();
            rate[i] = delivered / ((System.nanoTime() - began) / 1e9);
            cpu[i] = (relay.cpuSeconds() - before) / delivered * 1e6;
            p50[i] = fleet.latencyMillis(50);
            p99[i] = fleet.latencyMillis(99);
        }
        figure(prefix + "deliveries_per_s", rate);
        figure(prefix + "cpu_us_per_delivery", cpu);
        figure(prefix + "p50_ms", p50);
        figure(prefix + "p99_ms", p99);
    }

    /// What readers that stall cost the others: pairs of runs, one without and one with them.
    private void stalledReaders() {
        double[] without = new double[RUNS];
        double[] with = new double[RUNS];
        double[] ratio = new double[RUNS];
        try (RelayUnderTest relay = RelayUnderTest.start(STALLED_CONFIG);
                Fleet fleet = new Fleet(relay.port(), "bench", _ -> "{}");
                Publisher publisher = new Publisher(relay.port(), "bench", 16_384)) {
            fleet.open(100);
            paced(fleet, publisher, 120, 4_000);
            long rss = relay.rss();
            for (int i = 0; i < RUNS; i++) {
                fleet.measure(true);
                paced(fleet, publisher, 120, 5_000);
                without[i] = fleet.latencyMillis(99);
                List<BlockingClient> stalled = new ArrayList<>();
                for (int n = 0; n < STALLED; n++) {
                    BlockingClient client = new BlockingClient(relay.port(), 16 * 1024);
                    client.call("{\"id\":2,\"subscribe\":{\"channel\":\"bench\"}}");
                    stalled.add(client);
                }
                fleet.measure(true);
                paced(fleet, publisher, 120, 5_000);
                with[i] = fleet.latencyMillis(99);
                ratio[i] = with[i] / without[i];
                for (BlockingClient client : stalled) {
                    if (client.awaitClose() != SLOW_CODE) {
                        throw new IllegalStateException("a stalled reader was not closed with " + SLOW_CODE);
                    }
                    client.close();
                }
            }
            figure("stalled_rss_growth_mb", new double[] {(relay.rss() - rss) / 1024.0 / 1024});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        figure("stalled_p99_without_ms", without);
        figure("stalled_p99_with_ms", with);
        figure("stalled_p99_ratio", ratio);
        atMost("stalled_p99_ratio", 1.1);
        atMost("stalled_rss_growth_mb", 64);
    }

    /// Publishes with a number of publications on their way at any time.
    static long saturate(Fleet fleet, Publisher publisher, int inFlight, long millis) {
        long start = fleet.frames();
        long subscribers = fleet.size();
        long published = 0;
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            while (published * subscribers - (fleet.frames() - start) <= (inFlight - 1L) * subscribers) {
                publisher.publish();
                published++;
            }
            fleet.turn(1);
        }
        return finish(fleet, start, published * subscribers);
    }

    /// Publishes at a rate.
    static long paced(Fleet fleet, Publisher publisher, int perSecond, long millis) {
        long start = fleet.frames();
        int subscribers = fleet.size();
        long published = 0;
        long began = System.nanoTime();
        long total = perSecond * millis / 1_000;
        while (published < total) {
            while (published < total && System.nanoTime() - began >= published * 1_000_000_000L / perSecond) {
                publisher.publish();
                published++;
            }
            fleet.turn(1);
        }
        return finish(fleet, start, published * subscribers);
    }

    /// @return how many frames came
    private static long finish(Fleet fleet, long start, long delivered) {
        if (!fleet.until(each -> each.frames() >= start + delivered, 10_000)) {
            throw new IllegalStateException("lost: " + (fleet.frames() - start) + " of " + delivered + " frames came");
        }
        return delivered;
    }

    private void connects() {
        double[] rate = new double[RUNS];
        try (RelayUnderTest relay = RelayUnderTest.start(CONFIG)) {
            for (int i = 0; i <= RUNS; i++) {
                TokenIssuer issuer = TokenIssuer.hs256(SECRET, Clock.systemUTC());
                int run = i;
                List<String> tokens = new ArrayList<>();
                for (int n = 0; n < 3_000; n++) {
                    tokens.add(issuer.connection("user-" + run + "-" + n)
                            .expiresIn(Duration.ofHours(1))
                            .sign());
                }
                long began = System.nanoTime();
                try (Fleet fleet =
                        new Fleet(relay.port(), "", number -> "{\"token\":\"" + tokens.get(number) + "\"}")) {
                    fleet.open(3_000);
                    // The first run only warms up.
                    if (i > 0) {
                        rate[i - 1] = 3_000 / ((System.nanoTime() - began) / 1e9);
                    }
                }
            }
        }
        figure("connects_per_s", rate);
    }

    private void memory() {
        double[] heap = new double[3];
        double[] rss = new double[3];
        for (int i = 0; i < heap.length; i++) {
            try (RelayUnderTest relay = RelayUnderTest.start(CONFIG)) {
                try (Fleet warm = new Fleet(relay.port(), "", _ -> "{}")) {
                    warm.open(500);
                }
                long heapBefore = relay.heapAfterGc();
                long rssBefore = relay.rss();
                try (Fleet fleet = new Fleet(relay.port(), "", _ -> "{}")) {
                    fleet.open(10_000);
                    rss[i] = (relay.rss() - rssBefore) / 10_000.0 / 1_024;
                    heap[i] = (relay.heapAfterGc() - heapBefore) / 10_000.0 / 1_024;
                }
            }
        }
        figure("heap_kb_per_idle", heap);
        figure("rss_kb_per_idle", rss);
        atMost("heap_kb_per_idle", 2);
        atMost("rss_kb_per_idle", 12);
    }

    private void observe() {
        new ObserveBench(this::figure).run();
        atMost("operators_cost_ratio", 1.05);
        atMost("operators_paced_cost_ratio", 1.05);
    }

    private void connectionList() {
        new ConnectionsBench(this::figure).run();
        atMost("connections_first_page_ms", 1_000);
        atMost("connections_page_p99_ms", 300);
    }

    private void generator() {
        new GeneratorBench(this::figure).run();
        atLeast("generator_connections", GeneratorBench.CLIENTS);
        atLeast("generator_deliveries_per_s", 300_000);
    }

    private void storm() {
        new StormBench(this::figure).storms();
        for (String kind : List.of("storm_retry_after_", "storm_backoff_")) {
            atLeast(kind + "back", StormBench.CLIENTS);
            atMost(kind + "most_admitted_in_a_second", 1.25 * StormBench.ADMITTED);
            atMost(kind + "unanswered", 0);
        }
        atMost("storm_retry_after_seconds_to_nine_tenths", 1.25 * 0.9 * StormBench.CLIENTS / StormBench.ADMITTED);
    }

    private void flood() {
        new StormBench(this::figure).flood();
        atMost("flood_others_p99_ratio", 1.2);
    }

    private void guard() {
        new GuardBench(this::figure).run();
        atMost("guard_check_ns", 1_000);
        atMost("guard_message_ns", 50);
    }

    // ---- the report ----

    private void figure(String name, double[] runs) {
        double[] sorted = runs.clone();
        Arrays.sort(sorted);
        figures.put(name, sorted);
        System.out.printf(
                Locale.ROOT,
                "%-28s %12.3f   (%.3f .. %.3f)%n",
                name,
                median(sorted),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    /// The median of a figure.
    private double value(String name) {
        return median(Objects.requireNonNull(figures.get(name)));
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private void atLeast(String name, double target) {
        if (value(name) < target) {
            missed.add(name + "<" + target);
        }
    }

    private void atMost(String name, double target) {
        if (value(name) > target) {
            missed.add(name + ">" + target);
        }
    }

    private boolean report() throws IOException {
        Results results = new Results("bench");
        figures.forEach((name, runs) -> results.add(
                name,
                String.format(Locale.ROOT, "%.3f", median(runs)),
                "{\"median\": %s, \"min\": %s, \"max\": %s}".formatted(median(runs), runs[0], runs[runs.length - 1])));
        results.write(missed.isEmpty() ? "" : " missed=" + String.join(",", missed));
        return missed.isEmpty();
    }
}
