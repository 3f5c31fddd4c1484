package dev.heliograph.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteScanTest {

    @Test
    void everyByteEndsAPlainRunOrDoesNotWhereverItStands() {
        for (int length = 8; length <= 24; length++) {
            for (int at = 0; at < length; at++) {
                for (int b = 0; b < 256; b++) {
                    byte[] text = new byte[length];
                    Arrays.fill(text, (byte) 'x');
                    text[at] = (byte) b;
                    boolean plain = b >= 0x20 && b < 0x80 && b != '"' && b != '\\';
                    int words = length / 8 * 8;

                    assertThat(ByteScan.plainEnd(text, 0, length)).isEqualTo(plain || at >= words ? words : at);
                }
            }
        }
    }

    @Test
    void theFirstLineBreakIsFoundAmongAnyOthers() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] alphabet = {'\n', '\r', 0, '\t', 11, 12, 14, (byte) 0x8a, (byte) 0x8d, 'x', (byte) 0xff, 1, 9, 0x0b};
        for (int i = 0; i < 50_000; i++) {
            byte[] text = new byte[random.nextInt(40)];
            for (int at = 0; at < text.length; at++) {
                text[at] = alphabet[random.nextInt(random.nextInt(1, 5) == 1 ? 0 : 2, alphabet.length)];
            }
            int from = random.nextInt(text.length + 1);
            int end = random.nextInt(from, text.length + 1);
            int expected = from;
            while (expected < end && text[expected] != '\n' && text[expected] != '\r') {
                expected++;
            }

            assertThat(ByteScan.lineBreak(text, from, end)).isEqualTo(expected);
        }
    }

    @Test
    void aPlainRunEndsAtTheFirstOfManySpecialBytes() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 50_000; i++) {
            byte[] text = new byte[8];
            for (int at = 0; at < text.length; at++) {
                text[at] = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : (byte) 'a';
            }
            int expected = 0;
            while (expected < 8 && text[expected] >= 0x20 && text[expected] != '"' && text[expected] != '\\') {
                expected++;
            }

            assertThat(ByteScan.plainEnd(text, 0, 8)).isEqualTo(expected);
        }
    }
}
