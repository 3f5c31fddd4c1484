package dev.heliograph.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The files of dashboards are those that the code writes, and keep what Grafana's dashboard-linter asks for.
class DashboardsTest {

    private static final Path FOLDER = Path.of("dashboards");
    private static final Path PAGE = Path.of("README.md");
    private static final String BEGIN = "<!-- generated: alerts -->\n";
    private static final String END = "<!-- generated: end -->\n";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern INSTANCE = Pattern.compile("job=~\"\\$job\",instance=~\"\\$instance\"");
    private static final Pattern JOB = Pattern.compile("job=~\"\\$job\"");

    /// Counters that only grow make no sense without one of these.
    private static final Pattern COUNTED = Pattern.compile("(rate|increase)\\($");

    private static final Set<String> UNITS = Set.of("short", "cps", "s", "bytes", "Bps", "percentunit");

    static Stream<Arguments> named() {
        return dashboards().stream().map(dashboard -> arguments(Named.of(dashboard.name(), dashboard)));
    }

    private static List<Dashboard> dashboards() {
        return Dashboards.all();
    }

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if (Boolean.getBoolean("grafana.write")) {
            Dashboards.main(new String[] {FOLDER.toString()});
            Files.writeString(PAGE, withAlerts(Files.readString(PAGE)));
        }
    }

    @Test
    void theFilesAreThoseThatTheCodeWrites() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(dashboards().stream()
                            .map(dashboard -> dashboard.name() + ".json")
                            .toList());
        }
        for (Dashboard dashboard : dashboards()) {
            assertThat(Files.readString(FOLDER.resolve(dashboard.name() + ".json")))
                    .as("-Dgrafana.write=true writes it anew: see README.md")
                    .isEqualTo(Dashboards.json(dashboard));
        }
    }

    @Test
    void thePageListsTheAlerts() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page)
                .as("-Dgrafana.write=true writes it anew: see README.md")
                .isEqualTo(withAlerts(page));
    }

    private static String withAlerts(String page) {
        String table = Rules.alerts().stream()
                .map(DashboardsTest::row)
                .collect(Collectors.joining(
                        "", "| alert | severity | says | after | runbook |\n|---|---|---|---|---|\n", ""));
        return page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table + page.substring(page.indexOf(END));
    }

    private static String row(Rules.Alert alert) {
        String runbook = alert.annotations().getOrDefault("runbook_url", "").replaceAll("runbooks/(.*)\\.md", "$1");
        String says = alert.annotations()
                .getOrDefault("summary", "")
                .replaceAll("\\{\\{[^}]*\\$labels\\.(\\w+)[^}]*}}", "*$1*")
                .replaceAll("\\{\\{[^}]*\\$value[^}]*}}", "*N*");
        String hold = alert.hold().equals("0s") ? "" : alert.hold();
        return "| `%s` | %s | %s | %s | %s |\n".formatted(alert.name(), alert.severity(), says, hold, runbook);
    }

    @Test
    void theDashboardsOfAlertsAreThere() {
        Set<String> known = dashboards().stream().map(Dashboard::uid).collect(Collectors.toSet());
        assertThat(Rules.alerts().stream()
                        .map(alert -> alert.annotations().getOrDefault("dashboard", ""))
                        .filter(uid -> !uid.isEmpty()))
                .isNotEmpty()
                .allSatisfy(uid -> assertThat(known).contains(uid));
    }

    @ParameterizedTest
    @MethodSource("named")
    void aDashboardHasItsVariables(Dashboard dashboard) throws IOException {
        JsonNode json = read(dashboard);
        assertThat(json.path("uid").asText()).isEqualTo(dashboard.uid());
        assertThat(json.path("title").asText()).isNotBlank();
        assertThat(json.path("editable").asBoolean(true)).isFalse();
        JsonNode variables = json.path("templating").path("list");
        assertThat(variables).extracting(each -> each.path("name").asText()).contains("datasource", "job", "instance");
        JsonNode source = variables.get(0);
        assertThat(source.path("type").asText()).isEqualTo("datasource");
        assertThat(source.path("query").asText()).isEqualTo("prometheus");
        for (int i = 1; i < variables.size(); i++) {
            JsonNode variable = variables.get(i);
            assertThat(variable.path("type").asText()).isEqualTo("query");
            assertThat(variable.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            assertThat(variable.path("multi").asBoolean()).isTrue();
            assertThat(variable.path("includeAll").asBoolean()).isTrue();
            assertThat(variable.path("allValue").asText()).isEqualTo(".+");
            assertThat(variable.path("label").asText()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("named")
    void noDataSourceIsNamed(Dashboard dashboard) throws IOException {
        assertThat(uids(read(dashboard).path("panels")))
                .isNotEmpty()
                .allSatisfy(uid -> assertThat(uid).isEqualTo("${datasource}"));
    }

    private static List<String> uids(JsonNode node) {
        return node.findValues("datasource").stream()
                .map(source -> source.path("uid").asText())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("named")
    void panelsExplainThemselvesAndDoNotOverlap(Dashboard dashboard) throws IOException {
        Set<String> titles = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        Set<List<Integer>> cells = new HashSet<>();
        assertSoftly(softly -> {
            for (JsonNode panel : panels(dashboard)) {
                String title = panel.path("title").asText();
                softly.assertThat(title).isNotBlank();
                softly.assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
                JsonNode place = panel.path("gridPos");
                for (int x = 0; x < place.path("w").asInt(); x++) {
                    for (int y = 0; y < place.path("h").asInt(); y++) {
                        int column = place.path("x").asInt() + x;
                        softly.assertThat(column).as(title).isLessThan(24);
                        softly.assertThat(cells.add(
                                        List.of(column, place.path("y").asInt() + y)))
                                .as("%s covers another panel", title)
                                .isTrue();
                    }
                }
                if (panel.path("type").asText().equals("row")) {
                    continue;
                }
                softly.assertThat(titles.add(title))
                        .as("%s is there twice", title)
                        .isTrue();
                softly.assertThat(panel.path("description").asText()).as(title).endsWith(".");
                softly.assertThat(panel.path("fieldConfig")
                                .path("defaults")
                                .path("unit")
                                .asText())
                        .as(title)
                        .isIn(UNITS);
                softly.assertThat(panel.path("targets").size()).as(title).isPositive();
            }
        });
    }

    private static List<JsonNode> panels(Dashboard dashboard) {
        try {
            List<JsonNode> panels = new ArrayList<>();
            read(dashboard).path("panels").forEach(panels::add);
            return panels;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Dashboard dashboard) throws IOException {
        return JSON.readTree(FOLDER.resolve(dashboard.name() + ".json").toFile());
    }

    private static List<Query> queries() {
        return dashboards().stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .flatMap(panel -> panel.queries().stream())
                .toList();
    }

    @Test
    void queriesTakeTheVariables() {
        assertThat(queries()).isNotEmpty().allSatisfy(query -> {
            for (String selector : Selectors.of(query.expression())) {
                String name = Selectors.name(selector);
                if (name.equals("ALERTS")) {
                    // Its labels are those of alerts, and some are about no instance.
                    continue;
                }
                boolean ofAll = name.startsWith("job:") || name.startsWith("colour:");
                assertThat(selector).as(query.expression()).containsPattern(ofAll ? JOB : INSTANCE);
            }
        });
    }

    @Test
    void countersAreLookedAtAsRatesOverTheIntervalOfGrafanaBeforeTheyAreSummed() {
        assertThat(queries()).allSatisfy(query -> {
            String expression = query.expression();
            assertThat(expression).as("rate before sum").doesNotContainPattern("rate\\(\\s*(sum|max|min|avg|count)\\b");
            for (String selector : Selectors.of(expression)) {
                String name = Selectors.name(selector);
                // What is counted but for a few gauges of exporters that are called so.
                boolean counter = name.matches(".*_(total|count|sum|bucket)") && !name.contains(":");
                if (!counter) {
                    continue;
                }
                int place = expression.indexOf(selector);
                String before = expression.substring(0, place).stripTrailing();
                assertThat(before).as(expression).containsPattern(COUNTED);
                String range = expression.substring(place + selector.length());
                assertThat(range).as(expression).matches("(?s)\\[(\\$__rate_interval|1d)].*");
            }
            assertThat(expression.contains("rate(")).isEqualTo(expression.contains("[$__rate_interval]"));
        });
    }

    @Test
    void everyGraphSaysWhatItsSeriesAre() {
        for (Dashboard dashboard : dashboards()) {
            for (Panel panel : dashboard.panels()) {
                if (panel.kind() != Panel.Kind.TABLE) {
                    assertThat(panel.queries())
                            .as(panel.title())
                            .allSatisfy(query -> assertThat(query.legend()).isNotBlank());
                }
            }
        }
    }
}
