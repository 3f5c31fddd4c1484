package dev.heliograph.bench;

import dev.heliograph.server.auth.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Measures one relay on this machine: fan-out, latency, connects, memory, start-up. Every figure is the median of a
/// few runs, with the lowest and highest behind it in the JSON. Ends with a RESULT line; exit 0 only if every target
/// holds.
public final class Bench {

    private static final int SUBSCRIBERS = 1_000;
    private static final int PAYLOAD = 128;
    private static final int IN_FLIGHT = 4;
    private static final int RUNS = 5;
    private static final String SECRET = "bench-secret-bench-secret-bench-secret";

    private static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0}
            client: {insecure: true, token: {hmac_secret_key: %s}}
            http_api: {insecure: true}
            """.formatted(SECRET);

    private final Map<String, double[]> figures = new LinkedHashMap<>();
    private final List<String> missed = new ArrayList<>();

    private Bench() {}

    public static void main(String[] args) throws IOException {
        Bench bench = new Bench();
        bench.startUp();
        bench.fanOut();
        bench.connects();
        bench.memory();
        System.exit(bench.report() ? 0 : 1);
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
        double[] rate = new double[RUNS];
        double[] cpu = new double[RUNS];
        double[] p50 = new double[RUNS];
        double[] p99 = new double[RUNS];
        double[] pacedCpu = new double[RUNS];
        double[] pacedP50 = new double[RUNS];
        double[] pacedP99 = new double[RUNS];
        try (RelayUnderTest relay = RelayUnderTest.start(CONFIG);
                Fleet fleet = new Fleet(relay.port(), "bench", _ -> "{}");
                Publisher publisher = new Publisher(relay.port(), "bench", PAYLOAD)) {
            fleet.open(SUBSCRIBERS);
            // Warm up: compiled code is what runs for all but the first seconds of a relay's life.
            saturate(fleet, publisher, 4_000);
            for (int i = 0; i < RUNS; i++) {
                fleet.measure(true);
                double before = relay.cpuSeconds();
                long began = System.nanoTime();
                long delivered = saturate(fleet, publisher, 3_000);
                double seconds = (System.nanoTime() - began) / 1e9;
                rate[i] = delivered / seconds;
                cpu[i] = (relay.cpuSeconds() - before) / delivered * 1e6;
                p50[i] = fleet.latency().getValueAtPercentile(50) / 1e3;
                p99[i] = fleet.latency().getValueAtPercentile(99) / 1e3;
            }
            for (int i = 0; i < RUNS; i++) {
                fleet.measure(true);
                double before = relay.cpuSeconds();
                long delivered = paced(fleet, publisher, 60, 3_000);
                pacedCpu[i] = (relay.cpuSeconds() - before) / delivered * 1e6;
                pacedP50[i] = fleet.latency().getValueAtPercentile(50) / 1e3;
                pacedP99[i] = fleet.latency().getValueAtPercentile(99) / 1e3;
            }
        }
        figure("deliveries_per_s", rate);
        figure("cpu_us_per_delivery", cpu);
        figure("p50_ms", p50);
        figure("p99_ms", p99);
        figure("paced_cpu_us_per_delivery", pacedCpu);
        figure("paced_p50_ms", pacedP50);
        figure("paced_p99_ms", pacedP99);
        atLeast("deliveries_per_s", 400_000);
    }

    /// Publishes with a few publications on their way at any time.
    private static long saturate(Fleet fleet, Publisher publisher, long millis) {
        long start = fleet.frames();
        long published = 0;
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            while (published * SUBSCRIBERS - (fleet.frames() - start) <= (IN_FLIGHT - 1L) * SUBSCRIBERS) {
                publisher.publish();
                published++;
            }
            fleet.turn(1);
        }
        return finish(fleet, start + published * SUBSCRIBERS, published);
    }

    /// Publishes at a rate.
    private static long paced(Fleet fleet, Publisher publisher, int perSecond, long millis) {
        long start = fleet.frames();
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
        return finish(fleet, start + published * SUBSCRIBERS, published);
    }

    private static long finish(Fleet fleet, long expected, long published) {
        if (!fleet.until(each -> each.frames() >= expected, 10_000)) {
            throw new IllegalStateException("lost: " + fleet.frames() + " of " + expected + " frames came");
        }
        return published * SUBSCRIBERS;
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

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private void atLeast(String name, double target) {
        if (median(Objects.requireNonNull(figures.get(name))) < target) {
            missed.add(name + "<" + target);
        }
    }

    private void atMost(String name, double target) {
        if (median(Objects.requireNonNull(figures.get(name))) > target) {
            missed.add(name + ">" + target);
        }
    }

    private boolean report() throws IOException {
        String json = figures.entrySet().stream()
                .map(each -> "  \"%s\": {\"median\": %s, \"min\": %s, \"max\": %s}"
                        .formatted(
                                each.getKey(),
                                median(each.getValue()),
                                each.getValue()[0],
                                each.getValue()[each.getValue().length - 1]))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        Path results = Files.createDirectories(Path.of("target", "results"));
        Files.writeString(results.resolve("bench.json"), json);
        String line = figures.entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "%s=%.3f", each.getKey(), median(each.getValue())))
                .collect(Collectors.joining(" "));
        System.out.println("RESULT bench: " + line + (missed.isEmpty() ? "" : " missed=" + String.join(",", missed)));
        return missed.isEmpty();
    }
}
