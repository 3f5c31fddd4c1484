package dev.heliograph.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HasteTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate(a[5m])|rate(a[30s])",
                "rate(a[30s])|rate(a[10s])",
                "avg_over_time(job:a:rate5m[6h] offset 15m)|avg_over_time(job:a:rate5m[2160s] offset 90s)",
                "max_over_time(a[1d:1m])|max_over_time(a[8640s:])",
                "a > 5|a > 5"
            })
    void rangesAndOffsetsAreATenth(String before, String after) {
        assertThat(Haste.query(before)).isEqualTo(after);
    }

    @Test
    void waitsOfRulesAreATenthAndNamesStay() {
        assertThat(Haste.rules("  - alert: A\n    for: 2m\n    expr: job:x:rate1m > 1\n"))
                .isEqualTo("  - alert: A\n    for: 12s\n    expr: job:x:rate1m > 1\n");
        assertThat(Haste.rules("    for: 15s\n")).isEqualTo("    for: 2s\n");
    }

    @Test
    void relaysAreStillGivenTheTimeThatTellsOneThatHangs() throws IOException {
        String config = Haste.config(Files.readString(Path.of("../../grafana/prometheus/prometheus.yml")));
        assertThat(config)
                .contains("evaluation_interval: 1s")
                .contains("scrape_interval: 3s\n    scrape_timeout: 2500ms")
                .doesNotContain("scrape_interval: 5s")
                .doesNotContain("scrape_timeout: 4s");
    }
}
