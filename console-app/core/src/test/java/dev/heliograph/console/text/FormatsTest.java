package dev.heliograph.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the token has expired | the token has expired.
            The token has expired. | The token has expired.
            '' | ''
            """)
    void aSentenceHasOneFullStop(String said, String text) {
        assertThat(Formats.sentence(said)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0 B
            512 | 512 B
            1023 | 1023 B
            1024 | 1 KiB
            1536 | 1.5 KiB
            20480 | 20 KiB
            1048570 | 1 MiB
            1073741824 | 1 GiB
            -1536 | -1.5 KiB
            """)
    void bytesHaveBinaryUnits(double bytes, String text) {
        assertThat(Formats.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0/s
            0.04 | 0.04/s
            0.4 | 0.4/s
            1.25 | 1.2/s
            9.96 | 10/s
            12345.6 | 12,346/s
            """)
    void ratesHaveAsManyDigitsAsSaySomething(double rate, String text) {
        assertThat(Formats.rate(rate)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0 ms
            0.35 | 350 µs
            0.9999 | 1 ms
            1.23 | 1.2 ms
            340.4 | 340 ms
            999.7 | 1 s
            2100 | 2.1 s
            65000 | 65 s
            """)
    void latenciesHaveTheUnitThatFits(double millis, String text) {
        assertThat(Formats.millis(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0 %
            0.0001 | < 0.1 %
            0.0312 | 3.1 %
            0.5 | 50 %
            1 | 100 %
            12.5 | 1,250 %
            """)
    void sharesAreInPercent(double share, String text) {
        assertThat(Formats.percent(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0
            0.5 | 0.5
            950 | 950
            1500 | 1.5 k
            20000 | 20 k
            999600 | 1 M
            3000000 | 3 M
            -2500 | -2.5 k
            """)
    void ticksAreShort(double number, String text) {
        assertThat(Formats.compact(number)).isEqualTo(text);
    }

    @Test
    void countsAreGroupedByThousands() {
        assertThat(Formats.count(12_345)).isEqualTo("12,345");
        assertThat(Formats.count(7)).isEqualTo("7");
    }

    @Test
    void whatIsNotANumberReadsAsADash() {
        assertThat(Formats.bytes(Double.NaN)).isEqualTo(Formats.NONE);
        assertThat(Formats.rate(Double.NaN)).isEqualTo(Formats.NONE);
        assertThat(Formats.millis(Double.POSITIVE_INFINITY)).isEqualTo(Formats.NONE);
        assertThat(Formats.percent(3, 0)).isEqualTo(Formats.NONE);
    }
}
