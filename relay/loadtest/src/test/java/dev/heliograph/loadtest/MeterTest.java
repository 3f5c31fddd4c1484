package dev.heliograph.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeterTest {

    @Test
    void whatIsTakenIsStillInTheWhole() {
        Meter meter = new Meter();
        meter.record(5);
        meter.record(7);
        assertThat(meter.take().getTotalCount()).isEqualTo(2);
        meter.record(Tally.LONGEST);
        assertThat(meter.whole().getTotalCount()).isEqualTo(3);
        assertThat(meter.take().getTotalCount()).isEqualTo(1);
        assertThat(meter.take().getTotalCount()).isZero();
        assertThat(meter.whole().getMinValue()).isEqualTo(5);
    }

    @Test
    void aResetForgetsAll() {
        Meter meter = new Meter();
        meter.record(5);
        meter.take();
        meter.record(6);
        meter.reset();
        assertThat(meter.whole().getTotalCount()).isZero();
        assertThat(meter.take().getTotalCount()).isZero();
    }
}
