package dev.heliograph.drills;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short set of drills; `make drills` runs all of them.
final class QuickDrillsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final long MINUTES = 8;

    @TempDir
    private Path folder;

    private record Ended(int code, String output) {}

    private Ended drill(Path runbooks, String... what) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("bin/heliograph").toString(), "drill", "run"));
        command.addAll(List.of(what));
        command.addAll(List.of(
                "--runbooks", runbooks.toString(),
                "--monitoring", ROOT.resolve("grafana").toString(),
                "--results", folder.resolve("results").toString()));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroy();
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    @Test
    void theShortSetPassesAndIsReported() throws Exception {
        Ended ended = drill(ROOT.resolve("runbooks"), "--quick");
        assertThat(ended.output()).contains("RESULT drills: run=2 passed=2");
        assertThat(ended.code()).isZero();
        JsonNode results =
                new JsonMapper().readTree(folder.resolve("results/drills.json").toFile());
        assertThat(results).hasSize(2);
        for (JsonNode result : results) {
            assertThat(result.path("points").asInt()).isGreaterThanOrEqualTo(80);
            assertThat(result.at("/score/lost").asLong()).isZero();
            assertThat(result.path("acknowledged").asLong()).isPositive();
        }
        assertThat(folder.resolve("results/report.md"))
                .content()
                .contains("| A relay is killed |")
                .contains("Did: ");
    }

    /// Its mitigation names a playbook that is not there: the alert comes, and nothing mends the fault.
    @Test
    void aDrillWhoseRunbookIsBrokenFails() throws Exception {
        Path runbooks = folder.resolve("runbooks");
        Files.createDirectories(runbooks.resolve("drills"));
        String runbook = Files.readString(ROOT.resolve("runbooks/relay-down.md"));
        String broken = runbook.replace("playbook: site", "playbook: sight");
        assertThat(broken).isNotEqualTo(runbook);
        Files.writeString(runbooks.resolve("relay-down.md"), broken);
        Files.copy(ROOT.resolve("runbooks/drills/relay-killed.yaml"), runbooks.resolve("drills/relay-killed.yaml"));
        Ended ended = drill(runbooks, "relay-killed");
        assertThat(ended.output())
                .contains("HeliographRelayDown fires")
                .contains("the runbook stops: There is no playbook 'sight' in a drill's cluster.")
                .contains("RESULT drills: run=1 passed=0")
                .contains("failed=relay-killed");
        assertThat(ended.code()).isEqualTo(1);
    }
}
