package dev.heliograph.console.desktop.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTicksTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:07Z");

    @ParameterizedTest
    @CsvSource({"PT5S, PT1S", "PT1M, PT10S", "PT10M, PT2M", "PT1H, PT10M", "PT6H, PT1H", "PT24H, PT4H"})
    void theStepsAreRound(Duration span, Duration step) {
        TimeTicks ticks = TimeTicks.of(NOON.minus(span), NOON, 7);

        assertThat(ticks.step()).isEqualTo(step);
        assertThat(ticks.times())
                .allSatisfy(
                        at -> assertThat(at.toEpochMilli() % step.toMillis()).isZero());
        assertThat(ticks.times()).hasSizeBetween(5, 8);
    }

    @Test
    void secondsAreToldOnlyIfTheyMatter() {
        assertThat(TimeTicks.of(NOON.minusSeconds(5), NOON, 7).label(NOON)).isEqualTo("12:00:07");
        assertThat(TimeTicks.of(NOON.minusSeconds(3_600), NOON, 7).label(NOON)).isEqualTo("12:00");
    }
}
