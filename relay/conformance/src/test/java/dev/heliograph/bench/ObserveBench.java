package dev.heliograph.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.ToLongBiFunction;

/// What metrics cost: the CPU that a relay uses for a delivery with metrics on, and scraped once a second, beside that
/// of a relay without, in turn in one run.
final class ObserveBench {

    private static final int SUBSCRIBERS = 500;
    private static final int PAYLOAD = 128;

    /// Publications on their way at any time: the relay is busy, and each delivery as cheap as it gets.
    private static final int SATURATED = 32;

    private static final int RUNS = 11;
    private static final long RUN_MILLIS = 2_000;

    private static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0}
            client: {insecure: true}
            """;

    private final BiConsumer<String, double[]> figure;

    /// @param figure takes a figure's name and the values of the runs
    ObserveBench(BiConsumer<String, double[]> figure) {
        this.figure = figure;
    }

    /// A relay with its subscribers and the one who publishes to them.
    private record Side(RelayUnderTest relay, Fleet fleet, Publisher publisher) implements AutoCloseable {

        static Side start(String yaml) {
            RelayUnderTest relay = RelayUnderTest.start(yaml);
            Fleet fleet = new Fleet(relay.port(), "bench", _ -> "{}");
            fleet.open(SUBSCRIBERS);
            return new Side(relay, fleet, new Publisher(relay.port(), "bench", PAYLOAD));
        }

        /// Microseconds of CPU for a delivery.
        double cost(ToLongBiFunction<Fleet, Publisher> load) {
            double before = relay.cpuSeconds();
            long delivered = load.applyAsLong(fleet, publisher);
            return (relay.cpuSeconds() - before) / delivered * 1e6;
        }

        @Override
        public void close() {
            publisher.close();
            fleet.close();
            relay.close();
        }
    }

    void run() {
        int port = freePort();
        try (Side off = Side.start(CONFIG);
                Side on = Side.start(CONFIG + "metrics: {enabled: true, port: %d}\n".formatted(port));
                Scraper scraper = new Scraper(port)) {
            measure("metrics_", off, on, (fleet, publisher) -> Bench.saturate(fleet, publisher, SATURATED, RUN_MILLIS));
            measure("metrics_paced_", off, on, (fleet, publisher) -> Bench.paced(fleet, publisher, 60, RUN_MILLIS));
            figure.accept("metrics_scrapes", new double[] {scraper.scrapes()});
        }
    }

    private void measure(String prefix, Side off, Side on, ToLongBiFunction<Fleet, Publisher> load) {
        double[] without = new double[RUNS];
        double[] with = new double[RUNS];
        double[] ratio = new double[RUNS];
        // Compiled code is what runs for all but the first seconds of a relay's life.
        for (int i = 0; i < 3; i++) {
            var _ = off.cost(load);
            var _ = on.cost(load);
        }
        for (int i = 0; i < RUNS; i++) {
            // The one that comes second finds another machine than the first: they take turns in that, too.
            if (i % 2 == 0) {
                without[i] = off.cost(load);
                with[i] = on.cost(load);
            } else {
                with[i] = on.cost(load);
                without[i] = off.cost(load);
            }
            ratio[i] = with[i] / without[i];
        }
        figure.accept(prefix + "off_cpu_us_per_delivery", without);
        figure.accept(prefix + "on_cpu_us_per_delivery", with);
        figure.accept(prefix + "cost_ratio", ratio);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Does what Prometheus does, once a second.
    private static final class Scraper implements AutoCloseable {

        private final URI address;
        private final AtomicInteger scrapes = new AtomicInteger();
        private final AtomicReference<IOException> failure = new AtomicReference<>();
        private final Thread thread;

        Scraper(int port) {
            this.address = URI.create("http://127.0.0.1:" + port + "/metrics");
            this.thread = Thread.ofPlatform().daemon().name("scraper").start(this::work);
        }

        private void work() {
            try {
                while (true) {
                    scrape();
                    Thread.sleep(1_000);
                }
            } catch (IOException e) {
                failure.set(e);
            } catch (InterruptedException _) {
                // Closed.
            }
        }

        private void scrape() throws IOException {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setRequestProperty("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
            try (InputStream body = connection.getInputStream()) {
                if (body.readAllBytes().length == 0) {
                    throw new IOException("an empty exposition");
                }
            }
            scrapes.incrementAndGet();
        }

        int scrapes() {
            IOException failed = failure.get();
            if (failed != null) {
                throw new UncheckedIOException(failed);
            }
            return scrapes.get();
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
