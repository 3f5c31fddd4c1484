package dev.heliograph.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every query of every panel, and every series that a rule reads, is there in a cluster with traffic.
class PanelQueriesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The last one first.
    private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

    private static Stack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        stack = Stack.start(folder);
        RUNNING.push(stack);
        Load load = new Load(stack);
        load.start();
        RUNNING.push(load);
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable each : RUNNING) {
            each.close();
        }
    }

    /// As Grafana would with a range of a minute and everything selected.
    private static String filledIn(String expression) {
        return expression
                .replace("$__rate_interval", "10s")
                .replace("$job", ".+")
                .replace("$instance", ".+");
    }

    @Test
    void everyPanelShowsSomething() {
        Map<String, String> queries = new LinkedHashMap<>();
        for (Dashboard dashboard : Dashboards.all()) {
            for (Panel panel : dashboard.panels()) {
                for (int i = 0; i < panel.queries().size(); i++) {
                    queries.put(
                            dashboard.name() + ": " + panel.title() + ", " + (i + 1),
                            filledIn(panel.queries().get(i).expression()));
                }
            }
        }
        awaitSeries(queries);
    }

    @Test
    void everyRecordedSeriesIsThere() {
        Map<String, String> queries = new TreeMap<>();
        Rules.recordings().forEach(recording -> queries.put(recording.name(), recording.name()));
        awaitSeries(queries);
    }

    @Test
    void everySeriesThatARuleReadsIsThere() {
        Map<String, String> queries = new TreeMap<>();
        Rules.recordings().forEach(each -> selectors(each.name(), each.expression(), queries));
        Rules.alerts().forEach(each -> selectors(each.name(), each.expression(), queries));
        awaitSeries(queries);
    }

    private static void selectors(String rule, String expression, Map<String, String> queries) {
        Selectors.of(expression).forEach(selector -> queries.put(rule + ": " + selector, selector));
    }

    @Test
    void everyAlertIsEvaluatedWithoutAFault() throws Exception {
        JsonNode groups = get(stack.prometheus(), "/api/v1/rules").path("data").path("groups");
        List<String> names = new ArrayList<>();
        for (JsonNode group : groups) {
            for (JsonNode rule : group.path("rules")) {
                names.add(rule.path("name").asText());
                assertThat(rule.path("health").asText()).as(rule.toString()).isNotEqualTo("err");
            }
        }
        assertThat(names)
                .containsAll(Rules.alerts().stream().map(Rules.Alert::name).toList());
    }

    /// Of those that fire at once or within half a minute; what takes minutes cannot be seen here.
    @Test
    void nothingFiresButWhatShould() throws Exception {
        Set<String> expected = Set.of("HeliographWatchdog", "HeliographDeployRunning", "HeliographDrillFailed");
        await().atMost(PATIENCE).until(() -> firing().containsAll(expected));
        assertThat(firing()).isEqualTo(expected);
    }

    /// As Alertmanager has them, with the label that says of which cluster they are.
    private static Set<String> firing() throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        for (JsonNode alert : get(stack.alertmanager(), "/api/v2/alerts")) {
            assertThat(alert.path("labels").path("cluster").asText()).isEqualTo("heliograph");
            names.add(alert.path("labels").path("alertname").asText());
        }
        return names;
    }

    /// Waits until each query has an answer with a number in it.
    private static void awaitSeries(Map<String, String> queries) {
        Map<String, String> missing = new LinkedHashMap<>(queries);
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
                for (Map.Entry<String, String> query : queries.entrySet()) {
                    if (missing.containsKey(query.getKey()) && hasNumber(query.getValue())) {
                        missing.remove(query.getKey());
                    }
                }
                return missing.isEmpty();
            });
        } catch (ConditionTimeoutException _) {
            assertThat(missing).as("without a series").isEmpty();
        }
    }

    private static boolean hasNumber(String query) throws IOException, InterruptedException {
        JsonNode answer =
                get(stack.prometheus(), "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertThat(answer.path("status").asText()).as("%s: %s", query, answer).isEqualTo("success");
        for (JsonNode series : answer.path("data").path("result")) {
            if (!series.path("value").path(1).asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode get(URI server, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path)).build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }
}
