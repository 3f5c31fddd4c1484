package dev.heliograph.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DrillFileTest {

    private static final Path RUNBOOKS = Path.of("../../runbooks");

    private static final String DRILL = """
            title: A relay is killed
            hypothesis: Its clients come back.
            quick: true
            inject: {fault: relay_kill, node: relay-2}
            alert: HeliographRelayDown
            within: 20s
            runbook: relay-down
            values: {spare: relay-4}
            gap: 1m30s
            recovery: 60s
            """;

    @Test
    void aDrillIsRead() {
        Drill drill = DrillFile.parse("relay-killed.yaml", DRILL);
        assertThat(drill.id()).isEqualTo("relay-killed");
        assertThat(drill.quick()).isTrue();
        assertThat(drill.redis()).isEqualTo(Drill.Redis.SINGLE);
        assertThat(drill.fault().text("node")).contains("relay-2");
        assertThat(drill.alert()).contains("HeliographRelayDown");
        assertThat(drill.values()).containsEntry("spare", "relay-4");
        assertThat(drill.gap()).isEqualTo(Duration.ofSeconds(90));
        assertThat(DrillFile.parse("x.yaml", DRILL.replace("HeliographRelayDown", "none"))
                        .alert())
                .isEmpty();
    }

    @Test
    void whatIsWrongIsOneSentenceThatNamesIt() {
        assertThatThrownBy(() -> DrillFile.parse("x.yaml", DRILL.replace("relay_kill", "relay_tickle")))
                .isInstanceOf(DrillException.class)
                .hasMessageStartingWith("x.yaml: inject.fault is one of auth_failures, ");
        assertThatThrownBy(() -> DrillFile.parse("x.yaml", DRILL.replace("gap:", "gab:")))
                .hasMessage("x.yaml: there is no key 'gab'");
        assertThatThrownBy(() -> DrillFile.parse("x.yaml", DRILL.replace("20s", "soon")))
                .hasMessage("x.yaml: within is no time like 30s");
        assertThatThrownBy(() -> DrillFile.parse("x.yaml", DRILL.replace("runbook: relay-down", "")))
                .hasMessage("x.yaml: runbook is missing");
        assertThatThrownBy(() -> DrillFile.parse("x.yaml", "a: [")).hasMessageStartingWith("x.yaml: ");
        assertThatThrownBy(() -> DrillFile.parse("x.yaml", "- a")).hasMessage("x.yaml: is no map of keys");
    }

    @Test
    void theDrillsOfThisRepositoryFitItsRunbooksAndRules() throws IOException {
        List<Drill> drills = DrillFile.folder(RUNBOOKS.resolve("drills"));
        assertThat(drills).hasSizeGreaterThanOrEqualTo(12);
        RunbookLibrary library = RunbookLibrary.read(RUNBOOKS);
        String rules;
        try (Stream<Path> files = Files.list(Path.of("../../grafana/prometheus/rules"))) {
            rules = files.sorted().map(DrillFileTest::read).collect(Collectors.joining());
        }
        for (Drill drill : drills) {
            Runbook runbook = library.runbook(drill.runbook()).orElseThrow();
            assertThat(drill.steps())
                    .as(drill.id())
                    .allMatch(step -> runbook.step(step).isPresent());
            drill.alert()
                    .ifPresent(
                            alert -> assertThat(runbook.alerts()).as(drill.id()).contains(alert));
            for (String alert : drill.also()) {
                assertThat(rules).as(drill.id()).contains("alert: " + alert + "\n");
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
