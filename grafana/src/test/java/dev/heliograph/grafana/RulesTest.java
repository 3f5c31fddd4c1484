package dev.heliograph.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule is well formed, and every alert fires when it should and not when it just should not.
class RulesTest {

    /// Fires all the time, which is its purpose.
    private static final String ALWAYS = "HeliographWatchdog";

    /// That a runbook names its alerts, a test of the runbooks says.
    private static final Path RUNBOOKS = Path.of("..", "runbooks");

    /// A digit or what Prometheus puts in for one.
    private static final Pattern NUMBER = Pattern.compile("\\d|\\$value|\\$labels\\.");

    static List<Path> cases() {
        return Rules.files("tests");
    }

    @Test
    void promtoolAcceptsTheRules() throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("promtool", "check", "rules", "--lint=all", "--lint-fatal"),
                        Rules.files("rules").stream()
                                .map(file -> Rules.FOLDER.relativize(file).toString()))
                .toList();
        Program check = Program.run(Rules.FOLDER, command);
        assertThat(check.exitCode()).as(check.output()).isZero();
    }

    @Test
    void promtoolAcceptsTheConfiguration() throws Exception {
        Program check = Program.run(Rules.FOLDER, List.of("promtool", "check", "config", "prometheus.yml"));
        assertThat(check.exitCode()).as(check.output()).isZero();
        assertThat(check.output()).contains("is valid prometheus config file syntax");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCasesHold(Path file) throws Exception {
        Program test = Program.run(
                Rules.FOLDER,
                List.of(
                        "promtool",
                        "test",
                        "rules",
                        Rules.FOLDER.relativize(file).toString()));
        assertThat(test.exitCode()).as(test.output()).isZero();
        assertThat(test.output()).contains("SUCCESS");
    }

    @Test
    void everyAlertHasACaseThatFiresAndOneThatDoesNot() {
        Set<String> fire = alertsWithCase(true);
        Set<String> silent = alertsWithCase(false);
        silent.add(ALWAYS);
        Set<String> all = Rules.alerts().stream().map(Rules.Alert::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(fire).isEqualTo(all);
        assertThat(silent).isEqualTo(all);
    }

    private static Set<String> alertsWithCase(boolean fires) {
        return Rules.cases().stream()
                .filter(each -> each.fires() == fires)
                .map(Rules.Case::alert)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyAlertSaysWhatIsWrongAndWhatToDo() {
        assertSoftly(softly -> {
            for (Rules.Alert alert : Rules.alerts()) {
                String name = alert.name();
                softly.assertThat(name).startsWith("Heliograph");
                softly.assertThat(alert.severity()).as(name).isIn("page", "ticket", "info");
                softly.assertThat(alert.labels()).as(name).containsOnlyKeys("severity", "component");
                String summary = alert.annotations().getOrDefault("summary", "");
                softly.assertThat(summary).as(name).endsWith(".").doesNotContain("\n");
                softly.assertThat(NUMBER.matcher(summary).find()).as(summary).isTrue();
                softly.assertThat(alert.annotations().getOrDefault("description", ""))
                        .as(name)
                        .endsWith(".");
                softly.assertThat(alert.annotations().keySet())
                        .as(name)
                        .isSubsetOf("summary", "description", "dashboard", "runbook_url");
                String runbook = alert.annotations().getOrDefault("runbook_url", "");
                if (!alert.severity().equals("info") || !runbook.isEmpty()) {
                    softly.assertThat(runbook).as(name).startsWith("runbooks/").endsWith(".md");
                    softly.assertThat(RUNBOOKS.resolve(runbook.replaceFirst("runbooks/", "")))
                            .as(name)
                            .isRegularFile();
                }
            }
        });
    }

    @Test
    void everyRecordedSeriesIsUsed() {
        String expressions = Stream.concat(
                        Rules.alerts().stream().map(Rules.Alert::expression),
                        Rules.recordings().stream().map(Rules.Recording::expression))
                .collect(Collectors.joining("\n"));
        assertThat(Rules.recordings())
                .isNotEmpty()
                .allSatisfy(recording -> assertThat(expressions).contains(recording.name()));
    }
}
