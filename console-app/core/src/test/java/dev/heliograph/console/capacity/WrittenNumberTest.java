package dev.heliograph.console.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10000     | 10000",
                "10,000    | 10000",
                "1,234,567 | 1234567",
                "10 000    | 10000",
                "10_000.5  | 10000.5",
                "0.5       | 0.5",
                ".5        | 0.5",
                "-3        | -3",
                "200k      | 200000",
                "8.2 k     | 8200",
                "1.2M      | 1200000",
            })
    void itIsReadAsPeopleWriteIt(String text, double number) {
        assertThat(WrittenNumber.read(text)).hasValue(number);
        assertThat(WrittenNumber.read("  " + text + " ")).hasValue(number);
    }

    /// `0,5` is a half for some and a mistake for others: nobody is to get 5 for it.
    @ParameterizedTest
    @ValueSource(
            strings = {"", "many", "0,5", "1,00", "10,0000", "1.2.3", "NaN", "Infinity", "1e3", "0x10", "5 m", "k"})
    void whatMayMeanSomethingElseIsNone(String text) {
        assertThat(WrittenNumber.read(text)).isEmpty();
    }

    @Test
    void itIsWrittenSoThatItIsReadAsTheSame() {
        for (double number :
                new double[] {0, 1, 999, 1_000, 10_000, 16_777_216, 1e8, 0.05, 0.25, 30.2, 123_456.75, 1e-3}) {
            assertThat(WrittenNumber.read(WrittenNumber.write(number))).hasValue(number);
        }
        assertThat(WrittenNumber.write(1_000)).isEqualTo("1000");
        assertThat(WrittenNumber.write(123_456.75)).isEqualTo("123,456.75");
    }
}
