package dev.heliograph.runbook.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.run.Reading;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// A Prometheus over its HTTP API (`/api/v1/query`).
public final class PrometheusMetrics implements Metrics {

    /// One series of an answer.
    public record Sample(Map<String, String> labels, double value) {

        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    private final HttpJson server;

    /// @param base as in `http://127.0.0.1:9090`
    public PrometheusMetrics(URI base, HttpClient http) {
        this.server = new HttpJson("Prometheus", base, http);
    }

    @Override
    public Reading query(String promql) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode sample : answer(promql)) {
            List<String> labels = new ArrayList<>();
            sample.path("metric")
                    .properties()
                    .forEach(label ->
                            labels.add(label.getKey() + "=" + label.getValue().asText()));
            rows.add(List.of(String.join(", ", labels), number(value(sample))));
        }
        return new Reading(List.of("Series", "Value"), rows, "");
    }

    /// What a query tells now, for programs.
    public List<Sample> samples(String promql) {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode sample : answer(promql)) {
            Map<String, String> labels = new TreeMap<>();
            sample.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            samples.add(new Sample(labels, value(sample)));
        }
        return samples;
    }

    @Override
    public double value(String promql) {
        OptionalDouble largest = answer(promql).stream()
                .mapToDouble(PrometheusMetrics::value)
                .filter(value -> !Double.isNaN(value))
                .max();
        return largest.orElseThrow(() -> new RunbookException("Prometheus has no value for " + promql));
    }

    private List<JsonNode> answer(String promql) {
        JsonNode data = server.get("/api/v1/query?query=" + URLEncoder.encode(promql, UTF_8))
                .path("data");
        List<JsonNode> samples = new ArrayList<>();
        if (data.path("resultType").asText().equals("scalar")) {
            samples.add(data);
        } else {
            data.path("result").forEach(samples::add);
        }
        return samples;
    }

    /// A sample has its value as a pair of time and text; that of a scalar is the result itself.
    private static double value(JsonNode sample) {
        JsonNode pair = sample.has("value") ? sample.path("value") : sample.path("result");
        return switch (pair.path(1).asText()) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "" -> Double.NaN;
            case String text -> Double.parseDouble(text);
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.4g", value);
    }
}
