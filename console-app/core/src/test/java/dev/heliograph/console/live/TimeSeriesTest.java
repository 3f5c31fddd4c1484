package dev.heliograph.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeSeriesTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final TimeSeries series = new TimeSeries();

    private void fill(int seconds) {
        for (int i = 0; i < seconds; i++) {
            series.add(START.plusSeconds(i), i % 10);
        }
    }

    @Test
    void theLastTenMinutesAreThereByTheSecond() {
        fill(3_600);
        Instant end = START.plusSeconds(3_599);

        Points points = series.read(end.minusSeconds(5), end, 600);

        assertThat(points.step()).isEqualTo(Duration.ofSeconds(1));
        assertThat(points.list()).extracting(Points.Point::mean).containsExactly(4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
    }

    @Test
    void longerTimesComeInCoarserSteps() {
        fill(7_200);
        Instant end = START.plusSeconds(7_199);

        Points hour = series.read(end.minus(Duration.ofHours(1)), end, 600);
        Points day = series.read(end.minus(Duration.ofDays(1)), end, 1_500);

        assertThat(hour.step()).isEqualTo(Duration.ofSeconds(10));
        assertThat(hour.list()).allSatisfy(point -> {
            assertThat(point.min()).isZero();
            assertThat(point.mean()).isEqualTo(4.5);
            assertThat(point.max()).isEqualTo(9);
        });
        assertThat(day.step()).isEqualTo(Duration.ofMinutes(1));
        assertThat(day.list().stream().filter(Points.Point::isGap)).hasSize(1_441 - 120);
    }

    @Test
    void pointsArePutTogetherWhereThereWouldBeTooMany() {
        fill(7_200);
        Instant end = START.plusSeconds(7_199);

        Points day = series.read(end.minus(Duration.ofDays(1)), end, 300);

        assertThat(day.list()).hasSizeLessThanOrEqualTo(301);
        assertThat(day.step()).isEqualTo(Duration.ofMinutes(5));
        assertThat(day.max()).contains(9.0);
    }

    @Test
    void aTimeWithoutValuesIsAGap() {
        series.add(START, 1);
        series.add(START.plusSeconds(1), Double.NaN);
        series.add(START.plusSeconds(3), 3);

        Points points = series.read(START, START.plusSeconds(3), 100);

        assertThat(points.list()).extracting(Points.Point::isGap).containsExactly(false, true, true, false);
        assertThat(points.last()).contains(3.0);
    }

    @Test
    void afterALongSilenceNothingOldComesUpAgain() {
        fill(600);
        Instant later = START.plus(Duration.ofDays(3));
        series.add(later, 42);

        assertThat(series.read(later.minusSeconds(599), later, 600).list().stream()
                        .filter(point -> !point.isGap()))
                .hasSize(1);
        assertThat(series.read(START, START.plusSeconds(599), 600).isEmpty()).isTrue();
    }

    @Test
    void aValueThatComesLateIsPutInItsPlace() {
        series.add(START.plusSeconds(5), 5);
        series.add(START.plusSeconds(2), 2);
        series.add(START.minus(Duration.ofDays(2)), 99);

        Points points = series.read(START, START.plusSeconds(5), 100);

        assertThat(points.list().get(2).mean()).isEqualTo(2);
        assertThat(points.max()).contains(5.0);
    }

    @Test
    void everyTierKnowsLeastMeanAndGreatestOfWhatCameIn() {
        Random random = new Random(42);
        double min = Double.MAX_VALUE;
        double max = 0;
        double sum = 0;
        for (int i = 0; i < 60; i++) {
            double value = random.nextDouble() * 1_000;
            series.add(START.plusSeconds(i), value);
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
        }
        Points.Point minute = series.read(START.minus(Duration.ofHours(20)), START.plusSeconds(59), 1_440)
                .list()
                .getLast();

        assertThat(minute.min()).isEqualTo(min);
        assertThat(minute.max()).isEqualTo(max);
        assertThat(minute.mean()).isCloseTo(sum / 60, org.assertj.core.data.Offset.offset(1e-9));
    }
}
