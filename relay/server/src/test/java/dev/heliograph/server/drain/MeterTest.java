package dev.heliograph.server.drain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeterTest {

    private static final long SECOND = 1_000_000_000L;

    private final Meter meter = new Meter(0);

    private void count(int events, double second) {
        for (int i = 0; i < events; i++) {
            meter.count((long) (second * SECOND));
        }
    }

    @Test
    void theRateIsThatOfTheLastFiveFullSeconds() {
        count(7, 0.5);
        assertThat(meter.perSecond(SECOND / 2)).isEqualTo(7);
        count(100, 1.5);
        assertThat(meter.perSecond(SECOND * 3 / 2))
                .as("the running second does not count")
                .isEqualTo(7);
        assertThat(meter.perSecond(2 * SECOND)).isEqualTo(107 / 2.0);
        count(10, 2.1);
        count(20, 3.9);
        count(30, 4.0);
        assertThat(meter.perSecond(5 * SECOND)).isEqualTo(167 / 5.0);
        assertThat(meter.perSecond(6 * SECOND)).isEqualTo(160 / 5.0);
        assertThat(meter.perSecond(7 * SECOND)).isEqualTo(60 / 5.0);
        assertThat(meter.perSecond(100 * SECOND)).isZero();
    }
}
