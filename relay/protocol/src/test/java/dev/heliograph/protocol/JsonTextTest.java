package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    private static final JsonFactory JACKSON = new JsonFactory();

    @ParameterizedTest
    @ValueSource(strings = {"1", " {} ", "\r\n[1,\t2]\n", "\"\\ud800\"", "null", "-0.5E-7", "\"\u2028\""})
    void oneJsonValueIsValid(String text) {
        assertThat(JsonText.isValid(text.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1 2", "{}{}", "[1,]", "\"a", "a", "'a'", "01", "1e", "\ufeff1", "{\"a\":1}x"})
    void allElseIsNot(String text) {
        assertThat(JsonText.isValid(text.getBytes(UTF_8))).isFalse();
    }

    @Test
    void validTextHasABoundedDepth() {
        int most = Codec.Limits.MAX_DEPTH;

        assertThat(JsonText.isValid(("[".repeat(most) + "]".repeat(most)).getBytes(UTF_8)))
                .isTrue();
        assertThat(JsonText.isValid(("[".repeat(most + 1) + "]".repeat(most + 1)).getBytes(UTF_8)))
                .isFalse();
        assertThat(JsonText.isValid(("[" + "[],".repeat(10_000) + "{}]").getBytes(UTF_8)))
                .isTrue();
    }

    /// Pieces of JSON in random order are often valid and, if not, nearly so.
    @Test
    void anotherParserSeesTheSame() {
        String[] pieces = {
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"\\n\"",
            "\"\\u00e9\"",
            "\"é\"",
            "0",
            "-1",
            "1.5",
            "1e9",
            "true",
            "null",
            " ",
            "\n",
            "\"",
            "\\",
            "e",
            ".",
            "-",
            "\t",
            "false",
            "\"b\":",
            "[]",
            "{}",
            "\u0001",
            "00",
            "\"\\ud800\""
        };
        SplittableRandom random = new SplittableRandom(42);
        int valid = 0;

        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int piece = random.nextInt(1, 9); piece > 0; piece--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            boolean expected = validForJackson(bytes);
            valid += expected ? 1 : 0;
            assertThat(JsonText.isValid(bytes)).as(text.toString()).isEqualTo(expected);
        }

        assertThat(valid).isGreaterThan(3_000);
    }

    private static boolean validForJackson(byte[] text) {
        try (JsonParser parser = JACKSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                // Strings are read only when asked for.
                parser.getText();
            }
            return parser.nextToken() == null;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void quotedTextIsReadBackByAnotherParser() throws IOException {
        StringBuilder all = new StringBuilder("\ud83d\ude00\udbff\udfff");
        for (char c = 0; c < Character.MIN_SURROGATE; c++) {
            all.append(c);
        }
        String text = all.append("\ue000\ufffd\uffff").toString();

        try (JsonParser parser = JACKSON.createParser(JsonText.quote(text).array())) {
            assertThat(parser.nextTextValue()).isEqualTo(text);
            assertThat(parser.nextToken()).isNull();
        }
    }

    @Test
    void quotedTextIsValid() {
        assertThat(JsonText.quote("")).isEqualTo(Bytes.utf8("\"\""));
        assertThat(JsonText.quote("{\"a\":\n1}")).isEqualTo(Bytes.utf8("\"{\\\"a\\\":\\u000a1}\""));
        assertThat(JsonText.quote("\ud800a\udc00")).isEqualTo(Bytes.utf8("\"?a?\""));
    }
}
