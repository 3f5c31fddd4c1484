package dev.heliograph.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever rules and dashboards read is documented. That docs/metrics.md has what relays expose and nothing else, a
/// test
/// of theirs says; that the exporters have what is read of them, [PanelQueriesTest].
class MetricNamesTest {

    private static final Path RELAYS = Path.of("..", "docs", "metrics.md");

    private static final Pattern DOCUMENTED = Pattern.compile("`((?:heliograph|jvm|process)_\\w+)`");
    private static final Pattern EXPORTED =
            Pattern.compile("(redis|haproxy|node|prometheus|alertmanager)_\\w+|up|scrape_duration_seconds|ALERTS");

    private static Set<String> read() {
        Stream<String> rules = Stream.concat(
                Rules.alerts().stream().map(Rules.Alert::expression),
                Rules.recordings().stream().map(Rules.Recording::expression));
        Stream<String> panels = Dashboards.all().stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .flatMap(panel -> panel.queries().stream())
                .map(Query::expression);
        return Stream.concat(rules, panels)
                .flatMap(expression -> Selectors.of(expression).stream())
                .map(Selectors::name)
                .collect(Collectors.toSet());
    }

    @Test
    void everyNameIsDocumentedOrRecordedOrOfAnExporter() throws IOException {
        Set<String> documented = DOCUMENTED
                .matcher(Files.readString(RELAYS))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(HashSet::new));
        TextfileMetrics.read().forEach(metric -> documented.add(metric.name()));
        Rules.recordings().forEach(recording -> documented.add(recording.name()));
        assertThat(read())
                .hasSizeGreaterThan(100)
                .allSatisfy(name -> assertThat(documented.contains(name)
                                || documented.contains(name.replaceAll("_(bucket|sum|count)$", "")))
                        .as(name)
                        .isNotEqualTo(EXPORTED.matcher(name).matches()));
    }

    @Test
    void whatOthersAreAskedToWriteIsRead() {
        Set<String> read = read();
        assertThat(TextfileMetrics.read())
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(read).contains(metric.name()));
    }

    @Test
    void selectorsAreFound() {
        assertThat(Selectors.of("sum by (job, le) (rate(a_bucket{le=\"x{y}\",b=~\"c|d\"}[5m] offset 2m)) > 5 * on (job)"
                        + " group_left (x) job:a:rate1h and b unless c{} or vector(0)"))
                .containsExactlyInAnyOrder("a_bucket{le=\"x{y}\",b=~\"c|d\"}", "job:a:rate1h", "b", "c{}");
    }
}
