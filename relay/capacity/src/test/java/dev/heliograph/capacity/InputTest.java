package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that people write: each mistake is one line with the file and the key.
class InputTest {

    @TempDir
    private Path folder = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("in.json"), text);
    }

    private void assertWrong(Runnable reading, String message) {
        assertThatThrownBy(reading::run)
                .isInstanceOf(CapacityException.class)
                .matches(each -> ((CapacityException) each).isInput())
                .hasMessage(folder.resolve("in.json") + ": " + message);
    }

    @Test
    void aDemandThatIsWrittenIsReadAgain() throws IOException {
        Demand demand = Figures.demand("connections", 123, "fan_out", 1.5, "guarantee", "effectively-once");
        assertThat(Demand.read(file(demand.json().toString()))).isEqualTo(demand);
        assertThat(demand.json().path("fan_out").asText()).isEqualTo("1.5");
        assertThat(demand.json().path("guarantee").asText()).isEqualTo("effectively-once");
    }

    @Test
    void aDemandMaySayAPartOnly() throws IOException {
        Demand demand = Demand.read(file("{\"connections\": 77777}"));
        assertThat(demand.connections()).isEqualTo(77_777);
        assertThat(demand.channels()).isEqualTo(Demand.DEFAULT.channels());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"connections\": 0}                | connections: 0 is not between 1 and 100000000",
                "{\"connections\": \"many\"}         | connections: is not a whole number",
                "{\"connections\": 1.5}              | connections: is not a whole number",
                "{\"connections\": 9}                | fan_out: 10 is more than the 9 connections",
                "{\"publish_rate\": -1}              | publish_rate: -1 is not between 0 and 10000000",
                "{\"publish_rate\": null}            | publish_rate: is not a number",
                "{\"presence_share\": 1.01}          | presence_share: 1.01 is not between 0 and 1",
                "{\"guarantee\": \"exactly-once\"}   | guarantee: is none of best-effort, at-least-once,"
                        + " effectively-once",
                "{\"latency_ms\": 0.5}               | latency_ms: 0.5 is not between 1 and 600000",
                "{\"target_utilisation\": 0.95}      | target_utilisation: 0.95 is not between 0.05 and 0.9",
                "{\"failures\": -1}                  | failures: -1 is not between 0 and 100",
                "{\"conections\": 5}                 | conections: is not a known key",
                "[]                                  | is not a JSON object",
            })
    void aWrongDemandIsNamed(String json, String message) throws IOException {
        Path file = file(json);
        assertWrong(() -> Demand.read(file), message);
    }

    @Test
    void whatIsNoJsonIsSaidWithItsLine() throws IOException {
        Path file = file("{\n\"connections\" 5}");
        assertThatThrownBy(() -> Demand.read(file))
                .isInstanceOf(CapacityException.class)
                .hasMessageContaining("in.json: is not JSON: ")
                .hasMessageEndingWith("(line 2)")
                .hasMessageNotContaining("\n");
        Path twice = file("{\"connections\": 5, \"connections\": 6}");
        assertThatThrownBy(() -> Demand.read(twice)).hasMessageContaining("is not JSON");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertWrong(() -> Demand.read(folder.resolve("in.json")), "there is no such file");
    }

    @Test
    void aCalibrationThatIsWrittenIsReadAgain() throws IOException {
        Calibration calibration = Figures.calibration();
        assertThat(Calibration.read(file(calibration.json()))).isEqualTo(calibration);
        Calibration reference = Calibration.reference();
        assertThat(Calibration.read(file(reference.json()))).isEqualTo(reference);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"rss_bytes\": 6000,       | | measured.connection.rss_bytes: is missing",
                "\"rss_bytes\": 6000        | \"rss_bytes\": -6000 | measured.connection.rss_bytes: -6000 is not"
                        + " between 1 and 68719476736",
                "\"connect_cpu_us\": 400    | \"connect_cpu_us\": 0 | measured.connection.connect_cpu_us: 0 is not"
                        + " between 0.001 and 1000000",
                "\"connect_cpu_us\": 400    | \"connect_cpu_us\": \"400\" | measured.connection.connect_cpu_us: is not"
                        + " a number",
                "\"payload_bytes\": 1024, \"cpu_us\": 11 | \"payload_bytes\": 1024, \"cpu_us\": 1e9 |"
                        + " measured.delivery[1].cpu_us: 1000000000 is not between 0.001 and 1000000",
                "\"in_flight\": 1,          | \"in_flight\": 2, | measured.delivery: has no figure with in_flight 1, a"
                        + " write for each delivery",
                "\"date\": \"2026-11-30\"   | \"date\": \"today\" | date: 'today' is not a date such as 2026-11-30",
                "\"redis_cpu_us\"           | \"redis_cpu\" | measured.redis.redis_cpu_us: is missing",
                "\"publishing\": \"redis-history\" | \"publishing\": \"mail\" |"
                        + " measured.saturation[0].scenario.publishing: is none of api, batch, websocket, redis,"
                        + " redis-history",
                "\"measured\"               | \"measurd\" | measured: is missing",
            })
    void aWrongCalibrationIsNamed(String of, String by, String message) throws IOException {
        String wrong = Figures.CALIBRATION.replace(of, by == null ? "" : by);
        assertThat(wrong).isNotEqualTo(Figures.CALIBRATION);
        Path file = file(wrong);
        assertWrong(() -> Calibration.read(file), message);
    }

    @Test
    void oneValueCanBeReplaced() {
        assertThatThrownBy(() -> Demand.DEFAULT.with("colour", new TextNode("blue")))
                .hasMessage("demand: colour: is not a known key");
    }
}
