package dev.heliograph.console.overview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.live.Points;
import dev.heliograph.console.text.Messages;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Figures of the past from a Prometheus that scrapes the relays (docs/metrics.md), by `query_range`. Nodes are named
/// by
/// their label `node`, if the scrape configuration gives them one, else by `instance`. Threadsafe; blocks for ten
/// seconds at most.
public final class PrometheusHistory implements History {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Scrapes are hardly ever closer together.
    private static final Duration LEAST_STEP = Duration.ofSeconds(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http;
    private final PromQl queries;

    /// @param base     of the server: `http://127.0.0.1:9090`; a path is kept
    /// @param matchers that tell this cluster's relays from others: `job="heliograph"`; may be empty
    public PrometheusHistory(URI base, String matchers, HttpClient http) {
        this.base = base;
        this.http = http;
        this.queries = new PromQl(matchers);
    }

    @Override
    public Lines read(Figure figure, Instant from, Instant to, int most) {
        long least = Math.ceilDiv(Duration.between(from, to).toSeconds(), most);
        Duration step = Duration.ofSeconds(Math.max(LEAST_STEP.toSeconds(), least));
        Duration window = step.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : step;
        Grid grid = Grid.of(from, to, step);
        Map<String, Points> nodes = ask(queries.byNode(figure, window), grid);
        Map<String, Points> all = ask(queries.cluster(figure, window), grid);
        return new Lines(all.values().stream().findFirst().orElse(Points.NONE), nodes);
    }

    /// The moments of all points, as Unix seconds.
    private record Grid(long first, long last, long step) {

        static Grid of(Instant from, Instant to, Duration step) {
            long seconds = step.toSeconds();
            return new Grid(
                    Math.floorDiv(from.getEpochSecond(), seconds) * seconds,
                    Math.floorDiv(to.getEpochSecond(), seconds) * seconds,
                    seconds);
        }

        Points points(Map<Long, Double> values) {
            List<Points.Point> points = new ArrayList<>();
            for (long at = first; at <= last; at += step) {
                Instant moment = Instant.ofEpochSecond(at);
                Double value = values.get(at);
                points.add(
                        value == null || !Double.isFinite(value)
                                ? Points.Point.gap(moment)
                                : Points.Point.of(moment, value));
            }
            return new Points(Duration.ofSeconds(step), points);
        }
    }

    private Map<String, Points> ask(String query, Grid grid) {
        String path = base.toString().replaceAll("/+$", "") + "/api/v1/query_range?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + "&start=" + grid.first + "&end=" + grid.last + "&step=" + grid.step;
        JsonNode answer = parse(fetch(path));
        if (!answer.path("status").asText().equals("success")) {
            throw new AdminException(
                    Kind.INVALID,
                    Messages.text(
                            "overview.archive.refused", answer.path("error").asText()));
        }
        JsonNode result = answer.path("data").path("result");
        if (!result.isArray()) {
            throw garbage();
        }
        Map<String, Points> lines = new HashMap<>();
        for (JsonNode series : result) {
            JsonNode labels = series.path("metric");
            String name = labels.path("node").asText(labels.path("instance").asText(""));
            Map<Long, Double> values = new HashMap<>();
            for (JsonNode sample : series.path("values")) {
                values.put(
                        (long) sample.path(0).asDouble(), number(sample.path(1).asText()));
            }
            lines.put(name, grid.points(values));
        }
        return lines;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            // `+Inf` is none that a chart can show.
            return Double.NaN;
        }
    }

    private String fetch(String uri) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(uri)).timeout(TIMEOUT).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AdminException(Kind.UNREACHABLE, Messages.text("overview.archive.unreachable", base), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(Kind.UNREACHABLE, Messages.text("overview.archive.unreachable", base), e);
        }
    }

    private JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException _) {
            throw garbage();
        }
    }

    private AdminException garbage() {
        return new AdminException(Kind.GARBAGE, Messages.text("overview.archive.garbage", base));
    }
}
