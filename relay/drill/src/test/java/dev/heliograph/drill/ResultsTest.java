package dev.heliograph.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsTest {

    @TempDir
    private Path folder;

    private static DrillResult result(String at, Score score) {
        return new DrillResult(
                "relay-killed",
                "A relay is killed",
                Instant.parse(at),
                score,
                41.5,
                3.5,
                0.6,
                958,
                List.of("HeliographOther"),
                List.of("3.5 s  HeliographRelayDown fires"),
                "# A relay is gone\n");
    }

    @Test
    void pointsAreAsWrittenAndALostMessageFailsWhateverTheySay() {
        assertThat(new Score(true, true, true, true, true, 0).points()).isEqualTo(100);
        assertThat(new Score(true, true, true, true, true, 0).passed()).isTrue();
        assertThat(new Score(true, true, true, true, true, 1).passed()).isFalse();
        assertThat(new Score(true, false, true, true, false, 0).points()).isEqualTo(75);
        assertThat(new Score(true, false, true, true, false, 0).passed()).isFalse();
        assertThat(new Score(true, false, true, true, true, 0).passed()).isTrue();
        assertThat(new Score(false, true, true, true, true, 0).passed()).isFalse();
    }

    @Test
    void runsAddUpAndTheReportShowsWhatWasBefore() throws IOException {
        Results results = new Results(folder.resolve("drills"));
        results.add(List.of(result("2026-03-14T09:00:00Z", new Score(true, false, true, true, true, 0))));
        results.add(List.of(result("2026-03-15T09:00:00Z", new Score(true, true, true, true, true, 0))));
        JsonNode kept =
                new JsonMapper().readTree(folder.resolve("drills/drills.json").toFile());
        assertThat(kept).hasSize(2);
        assertThat(kept.get(0).path("points").asInt()).isEqualTo(85);
        assertThat(kept.get(1).at("/score/detected").asBoolean()).isTrue();
        assertThat(Files.readString(folder.resolve("drills/report.md")))
                .contains("| A relay is killed | 100 | 85 | 3.5 s | 0.6 s | 0 | HeliographOther |")
                .contains("### A relay is gone");
        assertThat(Files.readString(folder.resolve("drills/heliograph-drills.prom")))
                .contains("heliograph_drill_score{drill=\"relay-killed\"} 100\n")
                .contains("heliograph_drill_detection_seconds{drill=\"relay-killed\"} 3.5\n")
                .contains("heliograph_drill_timestamp_seconds{drill=\"relay-killed\"} "
                        + Instant.parse("2026-03-15T09:00:00Z").getEpochSecond());
    }

    @Test
    void whatIsNoListOfResultsIsNotOverwritten() throws IOException {
        Files.writeString(folder.resolve("drills.json"), "{\"mine\": 1}");
        assertThatThrownBy(() -> new Results(folder).add(List.of()))
                .isInstanceOf(DrillException.class)
                .hasMessageContaining("drills.json is no list of results");
        assertThat(Files.readString(folder.resolve("drills.json"))).isEqualTo("{\"mine\": 1}");
    }
}
