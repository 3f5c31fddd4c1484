package dev.heliograph.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/// Watches which alerts an Alertmanager would notify of. Those of severity `info` are no alarm. Threadsafe.
final class AlertWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI alerts;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Fired> fired = new ConcurrentSkipListMap<>();
    private final Consumer<String> news;
    private final Thread thread;
    private volatile List<String> firing = List.of();
    private volatile boolean over;

    /// An alert that fired, and when this was seen first.
    record Fired(String name, Map<String, String> labels, Map<String, String> annotations, long nanos) {}

    /// @param news hears of each alert that fires for the first time, and of each that ends
    AlertWatch(URI alertmanager, Consumer<String> news) {
        this.alerts = alertmanager.resolve("/api/v2/alerts?active=true&silenced=false&inhibited=false");
        this.news = news;
        this.thread = Thread.ofPlatform().daemon().name("alerts").start(this::watch);
    }

    /// The names of those that fire now.
    List<String> firing() {
        return firing;
    }

    /// The first of this name since the last [#forget].
    Optional<Fired> fired(String name) {
        return Optional.ofNullable(fired.get(name));
    }

    /// The names of all that fired since the last [#forget].
    List<String> names() {
        return List.copyOf(fired.keySet());
    }

    void forget() {
        fired.clear();
    }

    private void watch() {
        while (!over) {
            try {
                JsonNode list = JSON.readTree(http.send(
                                HttpRequest.newBuilder(alerts)
                                        .timeout(Duration.ofSeconds(5))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
                see(list);
                Thread.sleep(PAUSE);
            } catch (IOException _) {
                // Asked again.
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void see(JsonNode list) {
        Map<String, Fired> now = new TreeMap<>();
        for (JsonNode alert : list) {
            Map<String, String> labels = texts(alert.path("labels"));
            String name = labels.getOrDefault("alertname", "");
            if (!labels.getOrDefault("severity", "").equals("info") && !name.equals("HeliographWatchdog")) {
                now.putIfAbsent(name, new Fired(name, labels, texts(alert.path("annotations")), System.nanoTime()));
            }
        }
        List<String> before = firing;
        now.forEach((name, alert) -> {
            fired.putIfAbsent(name, alert);
            if (!before.contains(name)) {
                news.accept(name + " fires: " + alert.annotations().getOrDefault("summary", ""));
            }
        });
        before.stream().filter(name -> !now.containsKey(name)).forEach(name -> news.accept(name + " is over"));
        firing = List.copyOf(now.keySet());
    }

    private static Map<String, String> texts(JsonNode fields) {
        Map<String, String> texts = new TreeMap<>();
        fields.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        http.shutdownNow();
    }
}
