package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.testkit.RedisServer;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The operators' list over 15,000 connections on three relays: how long its first page takes over the admin API while
/// publications go out, and what it costs the relays while nobody asks. The first of the three is the one that is
/// asked.
final class ConnectionsBench {

    private static final int NODES = 3;
    private static final int IDLE_PER_NODE = 4_500;
    private static final int BUSY_PER_NODE = 500;
    private static final int AT_ONCE = 250;
    private static final int PER_SECOND = 10;
    private static final int QUERIES = 50;
    private static final int ROWS = 50;

    /// Between two queries: an operator's console that is kept fresh.
    private static final long PAUSE_MILLIS = 200;

    /// Of each measurement of CPU.
    private static final long WATCH_MILLIS = 10_000;

    /// After the last query counters are read for a minute.
    private static final long UNWATCHED_MILLIS = 65_000;

    private static final List<String> ASKED = List.of(
            "order by out_rate desc",
            "ip in 127.0.0.0/8 and queue < 64KiB order by out_rate desc",
            "channel = bench and out_rate > 1 order by out_bytes_rate desc",
            "client = bench and version >= 1.3 and connected > 1s order by out_rate desc");

    private final BiConsumer<String, double[]> figure;

    /// @param figure takes a figure's name and the values of the runs
    ConnectionsBench(BiConsumer<String, double[]> figure) {
        this.figure = figure;
    }

    private static String config(RedisServer redis) {
        return """
                http_server: {address: 127.0.0.1, port: 0}
                client: {insecure: true}
                http_api: {insecure: true}
                broker: {type: redis, redis: {address: ['%s']}}
                """.formatted(redis.address());
    }

    void run() {
        List<RelayUnderTest> relays = new ArrayList<>();
        List<Fleet> fleets = new ArrayList<>();
        try (RedisServer redis = RedisServer.start();
                Operator operator = new Operator()) {
            for (int i = 0; i < NODES; i++) {
                relays.add(RelayUnderTest.start(config(redis) + (i == 0 ? operator.settings() : "")));
            }
            operator.warmUp();
            for (RelayUnderTest relay : relays) {
                fleets.add(new Fleet(relay.port(), "", ConnectionsBench::hello));
                open(fleets, IDLE_PER_NODE);
                fleets.add(new Fleet(relay.port(), "bench", ConnectionsBench::hello));
                open(fleets, BUSY_PER_NODE);
            }
            measure(operator.admin(), relays, fleets);
        } finally {
            fleets.forEach(Fleet::close);
            relays.forEach(RelayUnderTest::close);
        }
    }

    /// Opens the last fleet, and answers the pings that the others get meanwhile.
    private static void open(List<Fleet> fleets, int count) {
        for (int opened = 0; opened < count; ) {
            opened = Math.min(count, opened + AT_ONCE);
            fleets.getLast().open(opened);
            fleets.forEach(fleet -> fleet.turn(1));
        }
    }

    private static String hello(int number) {
        return "{\"name\":\"bench\",\"version\":\"1.%d.0\"}".formatted(number % 10);
    }

    private void measure(AdminClient admin, List<RelayUnderTest> relays, List<Fleet> fleets) {
        figure.accept("connections_unasked_cpu_ms_per_s", new double[] {cpu(relays, fleets, WATCH_MILLIS)});
        Histogram latency = new Histogram(60_000_000, 3);
        try (ApiPublisher publisher = new ApiPublisher(relays.getFirst().port(), "bench", 128)) {
            Traffic traffic = new Traffic(fleets, publisher);
            Thread pump = Thread.ofPlatform().name("traffic").start(traffic);
            try {
                figure.accept("connections_first_page_ms", new double[] {ask(admin, ASKED.getFirst())});
                for (int i = 0; i < QUERIES; i++) {
                    sleep(PAUSE_MILLIS);
                    latency.recordValue((long) (ask(admin, ASKED.get(i % ASKED.size())) * 1_000));
                }
            } finally {
                traffic.stop = true;
                join(pump);
            }
            if (traffic.failure != null) {
                throw new IllegalStateException("the traffic ended early", traffic.failure);
            }
        }
        figure.accept("connections_page_p50_ms", new double[] {latency.getValueAtPercentile(50) / 1e3});
        figure.accept("connections_page_p99_ms", new double[] {latency.getValueAtPercentile(99) / 1e3});
        figure.accept("connections_asked_cpu_ms_per_s", new double[] {cpu(relays, fleets, WATCH_MILLIS)});
        cpu(relays, fleets, UNWATCHED_MILLIS);
        figure.accept("connections_again_unasked_cpu_ms_per_s", new double[] {cpu(relays, fleets, WATCH_MILLIS)});
    }

    /// @return milliseconds
    private static double ask(AdminClient admin, String query) {
        long began = System.nanoTime();
        JsonNode page = admin.get("/v1/connections?limit=%d&q=%s".formatted(ROWS, URLEncoder.encode(query, UTF_8)));
        double millis = (System.nanoTime() - began) / 1e6;
        long matched = page.path("matched").asLong();
        boolean whole = query.startsWith("order by");
        if (!page.path("missing").isEmpty()
                || page.path("connections").isEmpty()
                || (whole && matched != NODES * (IDLE_PER_NODE + BUSY_PER_NODE))) {
            throw new IllegalStateException("%s: %s".formatted(query, page));
        }
        return millis;
    }

    /// Milliseconds of CPU a second of all relays together, while only pings go out.
    private static double cpu(List<RelayUnderTest> relays, List<Fleet> fleets, long millis) {
        double before = relays.stream().mapToDouble(RelayUnderTest::cpuSeconds).sum();
        long began = System.nanoTime();
        while (System.nanoTime() - began < millis * 1_000_000) {
            for (Fleet fleet : fleets) {
                fleet.turn(20);
            }
        }
        double used = relays.stream().mapToDouble(RelayUnderTest::cpuSeconds).sum() - before;
        return used * 1e3 / ((System.nanoTime() - began) / 1e9);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Publishes at a rate and reads what comes.
    private static final class Traffic implements Runnable {

        private final List<Fleet> fleets;
        private final ApiPublisher publisher;
        private volatile boolean stop;
        private volatile @Nullable RuntimeException failure;

        Traffic(List<Fleet> fleets, ApiPublisher publisher) {
            this.fleets = fleets;
            this.publisher = publisher;
        }

        @Override
        public void run() {
            try {
                long began = System.nanoTime();
                for (long published = 0; !stop; ) {
                    if (System.nanoTime() - began >= published * 1_000_000_000L / PER_SECOND) {
                        publisher.publish();
                        published++;
                    }
                    fleets.forEach(fleet -> fleet.turn(1));
                }
                long subscribers = IntStream.range(0, fleets.size())
                        .filter(i -> i % 2 == 1)
                        .mapToLong(i -> fleets.get(i).frames())
                        .sum();
                if (subscribers == 0) {
                    throw new IllegalStateException("no publication came");
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }
}
