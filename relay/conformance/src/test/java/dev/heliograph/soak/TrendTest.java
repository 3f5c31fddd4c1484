package dev.heliograph.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrendTest {

    private static final double[] AT = {0, 10, 20, 30, 40};

    @Test
    void theMedianIsTheMiddleInAnyOrder() {
        assertThat(Trend.median(3, 1, 2)).isEqualTo(2);
        assertThat(Trend.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThatIllegalArgumentException().isThrownBy(Trend::median);
    }

    @Test
    void aLineGrowsByWhatItRises() {
        assertThat(Trend.growth(AT, new double[] {5, 6, 7, 8, 9})).isCloseTo(4, within(1e-9));
        assertThat(Trend.growth(AT, new double[] {9, 8, 7, 6, 5})).isCloseTo(-4, within(1e-9));
    }

    @Test
    void onePointThatIsFarOffChangesLittle() {
        assertThat(Trend.growth(AT, new double[] {5, 5, 900, 5, 5})).isZero();
    }

    @Test
    void onePointIsNoTrend() {
        assertThat(Trend.growth(new double[] {0}, new double[] {7})).isZero();
    }
}
