package dev.heliograph.cli.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The back end of the demo: publishes a price of each symbol twice a second over the HTTP API. While there is
/// no relay it goes on trying.
final class Prices implements AutoCloseable {

    static final List<String> SYMBOLS = List.of("AAA", "BBB", "CCC", "DDD", "EEE", "FFF");

    private static final int INTERVAL_MS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random(7);
    private final double[] prices = SYMBOLS.stream().mapToDouble(_ -> 100).toArray();
    private final URI publish;
    private final String key;

    Prices(URI publish, String key) {
        this.publish = publish;
        this.key = key;
    }

    void start() {
        // With a delay, not a rate: what a busy machine was late for must not come at once.
        var _ = time.scheduleWithFixedDelay(this::tick, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (int i = 0; i < prices.length; i++) {
            prices[i] = Math.max(1, prices[i] * (1 + random.nextGaussian() / 1_000));
            String body = String.format(
                    Locale.ROOT, "{\"channel\":\"ticks:%s\",\"data\":{\"price\":%.2f}}", SYMBOLS.get(i), prices[i]);
            HttpRequest request = HttpRequest.newBuilder(publish)
                    .timeout(PATIENCE)
                    .header("X-API-Key", key)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            // A price that is lost is followed by another one.
            var _ = http.sendAsync(request, BodyHandlers.discarding());
        }
    }

    @Override
    public void close() {
        time.shutdownNow();
        http.shutdownNow();
    }
}
