package dev.heliograph.console.desktop.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void ticksAreRoundAndReachAboveAllValues() {
        assertThat(Scale.of(0, 873, false, 4).ticks()).containsExactly(0.0, 500.0, 1000.0);
        assertThat(Scale.of(0, 12_400, false, 5).ticks()).containsExactly(0.0, 5_000.0, 10_000.0, 15_000.0);
        assertThat(Scale.of(0, 0.07, false, 4).high()).isGreaterThanOrEqualTo(0.07);
    }

    @Test
    void bytesGoInPowersOfTwo() {
        assertThat(Scale.of(0, 3_000_000, true, 4).step()).isEqualTo(1_048_576.0);
    }

    @Test
    void valuesBelowZeroHaveRoomToo() {
        Scale scale = Scale.of(-30, 100, false, 4);
        assertThat(scale.low()).isLessThanOrEqualTo(-30);
        assertThat(scale.place(scale.low())).isZero();
        assertThat(scale.place(scale.high())).isEqualTo(1);
    }

    @Test
    void thereIsAnAxisWithoutValues() {
        assertThat(Scale.of(0, 0, false, 4).ticks()).hasSizeGreaterThan(1);
        assertThat(Scale.of(Double.NaN, Double.NaN, false, 4).high()).isEqualTo(1);
    }
}
