package dev.heliograph.bench;

import dev.heliograph.testkit.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.ToLongBiFunction;

/// What the operators' side costs on the path of a message: the CPU that a relay uses for a delivery with metrics that
/// are scraped, limits that are asked, rules of addresses, and changes that are recorded, beside that of a relay with
/// nothing of it, in turn. Meanwhile the one is scraped, and changed, three times as often as Prometheus scrapes by
/// default.
///
/// The compiler makes no two processes alike: several pairs of them are measured.
final class ObserveBench {

    private static final int SUBSCRIBERS = 500;
    private static final int PAYLOAD = 128;

    /// Publications on their way at any time: the relay is busy, and each delivery as cheap as it gets.
    private static final int SATURATED = 32;

    private static final int PAIRS = 9;
    private static final int RUNS = 3;
    private static final long RUN_MILLIS = 1_500;
    private static final long SCRAPE_MILLIS = 5_000;
    private static final int RULES = 1_000;

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
        Ratios saturated = new Ratios();
        Ratios paced = new Ratios();
        int scrapes = 0;
        for (int i = 0; i < PAIRS; i++) {
            int port = FreePort.find();
            try (Operator operator = new Operator();
                    Side off = Side.start(CONFIG);
                    Side on = Side.start(
                            CONFIG + "metrics: {enabled: true, port: %d}\n".formatted(port) + operator.settings())) {
                rules(operator.admin());
                try (Scraper scraper = new Scraper(port, operator.admin())) {
                    saturated.take(
                            i, off, on, (fleet, publisher) -> Bench.saturate(fleet, publisher, SATURATED, RUN_MILLIS));
                    paced.take(i, off, on, (fleet, publisher) -> Bench.paced(fleet, publisher, 60, RUN_MILLIS));
                    scrapes += scraper.scrapes();
                }
            }
        }
        saturated.tell("operators_", figure);
        paced.tell("operators_paced_", figure);
        figure.accept("operators_scrapes", new double[] {scrapes});
    }

    /// Limits that are for the publisher, and rules that its address is weighed against.
    private static void rules(AdminClient admin) {
        admin.put(
                "/v1/limits/publishing",
                "{\"operation\":\"PUBLISH\",\"scope\":\"IP\",\"rate\":1000000,\"burst\":1000000,\"mode\":\"ENFORCE\"}");
        admin.put(
                "/v1/limits/bytes",
                "{\"operation\":\"BYTES_IN\",\"scope\":\"CONNECTION\",\"rate\":1e9,\"burst\":1e9,\"mode\":\"ENFORCE\"}");
        StringBuilder networks = new StringBuilder();
        for (int i = 0; i < RULES; i++) {
            networks.append("10.%d.%d.0/24 ban\\n".formatted(i / 256, i % 256));
        }
        admin.post("/v1/ip-rules/import", "{\"text\":\"" + networks + "\"}");
    }

    /// The cost of one side beside that of the other, of each pair.
    private static final class Ratios {

        private final double[] without = new double[PAIRS];
        private final double[] with = new double[PAIRS];
        private final double[] ratio = new double[PAIRS];

        void take(int pair, Side off, Side on, ToLongBiFunction<Fleet, Publisher> load) {
            // Compiled code is what runs for all but the first seconds of a relay's life.
            for (int i = 0; i < 2; i++) {
                var _ = off.cost(load);
                var _ = on.cost(load);
            }
            double[] costOff = new double[RUNS];
            double[] costOn = new double[RUNS];
            for (int i = 0; i < RUNS; i++) {
                // The one that comes second finds another machine than the first: they take turns in that, too.
                if ((pair + i) % 2 == 0) {
                    costOff[i] = off.cost(load);
                    costOn[i] = on.cost(load);
                } else {
                    costOn[i] = on.cost(load);
                    costOff[i] = off.cost(load);
                }
            }
            Arrays.sort(costOff);
            Arrays.sort(costOn);
            without[pair] = costOff[RUNS / 2];
            with[pair] = costOn[RUNS / 2];
            ratio[pair] = with[pair] / without[pair];
        }

        void tell(String prefix, BiConsumer<String, double[]> figure) {
            figure.accept(prefix + "off_cpu_us_per_delivery", without);
            figure.accept(prefix + "on_cpu_us_per_delivery", with);
            figure.accept(prefix + "cost_ratio", ratio);
        }
    }

    /// Does what Prometheus does, and what an operator does now and then.
    private static final class Scraper implements AutoCloseable {

        private final URI address;
        private final AdminClient admin;
        private final AtomicInteger scrapes = new AtomicInteger();
        private final AtomicReference<IOException> failure = new AtomicReference<>();
        private final Thread thread;

        Scraper(int port, AdminClient admin) {
            this.admin = admin;
            this.address = URI.create("http://127.0.0.1:" + port + "/metrics");
            this.thread = Thread.ofPlatform().daemon().name("scraper").start(this::work);
        }

        private void work() {
            try {
                while (true) {
                    scrape();
                    admin.put("/v1/user-bans?reason=bench", "{\"user\":\"user-" + scrapes.get() + "\"}");
                    Thread.sleep(SCRAPE_MILLIS);
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
