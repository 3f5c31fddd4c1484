package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Compared with the JDK's strict decoder.
class Utf8Test {

    /// One byte of each kind that RFC 3629 treats apart as a second, third or fourth one.
    private static final int[] KINDS = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xFF};

    private static final int[] CONTINUATIONS = {0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF};

    @Test
    void acceptsEveryCharacterAndRejectsEverySurrogate() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            byte[] bytes = encoded(codePoint);
            boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            if (validate(bytes) != (surrogate ? Utf8.REJECT : Utf8.ACCEPT)) {
                assertThat(validate(bytes)).as("U+%X", codePoint).isEqualTo(surrogate ? Utf8.REJECT : Utf8.ACCEPT);
            }
        }
    }

    @Test
    void rejectsExactlyWhatNoFurtherBytesCanMakeValid() {
        for (int first = 0; first < 256; first++) {
            compareWithAllThatFollows(new byte[] {(byte) first});
        }
    }

    @Test
    void findsAWrongByteAnywhereInAscii() {
        for (int length = 1; length <= 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = "x".repeat(length).getBytes(UTF_8);
                bytes[at] = (byte) 0x80;
                assertThat(validate(bytes)).isEqualTo(Utf8.REJECT);
            }
        }
    }

    @Test
    void carriesItsStateOverEveryCut() {
        byte[] bytes = "plain ascii £ € 😀 more ascii \uD7FF\uE000 end".getBytes(UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                int state = Utf8.validate(Utf8.ACCEPT, bytes, 0, first);
                state = Utf8.validate(state, bytes, first, second);
                assertThat(Utf8.validate(state, bytes, second, bytes.length)).isEqualTo(Utf8.ACCEPT);
            }
        }
    }

    @Test
    void looksAtItsRangeOnly() {
        byte[] bytes = "\u00FF\u00FFabcdefgh".getBytes(ISO_8859_1);

        assertThat(Utf8.validate(Utf8.ACCEPT, bytes, 2, bytes.length)).isEqualTo(Utf8.ACCEPT);
        assertThat(Utf8.validate(Utf8.ACCEPT, bytes, 1, 1)).isEqualTo(Utf8.ACCEPT);
    }

    private static void compareWithAllThatFollows(byte[] bytes) {
        boolean whole = decodes(bytes);
        boolean possible = canBecomeValid(bytes, 3);

        assertThat(validate(bytes) == Utf8.ACCEPT)
                .as(HexFormat.of().formatHex(bytes))
                .isEqualTo(whole);
        assertThat(validate(bytes) != Utf8.REJECT)
                .as(HexFormat.of().formatHex(bytes))
                .isEqualTo(possible);
        if (possible && !whole) {
            for (int kind : KINDS) {
                compareWithAllThatFollows(with(bytes, kind));
            }
        }
    }

    private static boolean canBecomeValid(byte[] bytes, int more) {
        return decodes(bytes)
                || (more > 0
                        && Arrays.stream(CONTINUATIONS).anyMatch(next -> canBecomeValid(with(bytes, next), more - 1)));
    }

    private static boolean decodes(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /// UTF-8 by its definition, surrogates too, which the JDK would replace.
    private static byte[] encoded(int c) {
        if (c < 0x80) {
            return bytes(c);
        }
        if (c < 0x800) {
            return bytes(0xC0 | (c >> 6), 0x80 | (c & 0x3F));
        }
        if (c < 0x10000) {
            return bytes(0xE0 | (c >> 12), 0x80 | ((c >> 6) & 0x3F), 0x80 | (c & 0x3F));
        }
        return bytes(0xF0 | (c >> 18), 0x80 | ((c >> 12) & 0x3F), 0x80 | ((c >> 6) & 0x3F), 0x80 | (c & 0x3F));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] with(byte[] bytes, int next) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = (byte) next;
        return longer;
    }

    private static int validate(byte[] bytes) {
        return Utf8.validate(Utf8.ACCEPT, bytes, 0, bytes.length);
    }
}
