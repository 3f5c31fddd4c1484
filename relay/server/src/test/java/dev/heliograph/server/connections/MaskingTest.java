package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"pin\": 1234, \"to\": [\"a\", null, true, -1.5e9, {}]} | {\"pin\":0,\"to\":[\"***\",null,false,0,{}]}",
                "\"secret\" | \"***\"",
                "7 | 0",
                "null | null",
                "[] | []",
                "{\"a\":1 | {\"bytes\":6}",
                "1 2 | {\"bytes\":3}",
                "{} {} | {\"bytes\":5}",
                "hello | {\"bytes\":5}",
                "`` | {\"bytes\":0}"
            })
    void valuesAreMaskedAndStructureIsKept(String data, String shown) {
        assertThat(Masking.VALUES.show(Bytes.utf8(data))).isEqualTo(shown);
    }

    @Test
    void sizesAndClear() {
        Bytes json = Bytes.utf8("{\"a\": 1}");
        assertThat(Masking.SIZES.show(json)).isEqualTo("{\"bytes\":8}");
        assertThat(Masking.CLEAR.show(json)).isEqualTo("{\"a\":1}");
        assertThat(Masking.CLEAR.show(Bytes.of(new byte[] {0, 1}))).isEqualTo("{\"base64\":\"AAE=\"}");
        String longOne = "\"" + "x".repeat(Masking.MAX_BYTES) + "\"";
        assertThat(Masking.CLEAR.show(Bytes.utf8(longOne))).isEqualTo("{\"bytes\":16386}");
        assertThat(Masking.VALUES.show(Bytes.utf8("[".repeat(8_000)))).isEqualTo("{\"bytes\":8000}");
    }
}
