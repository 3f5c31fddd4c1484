package dev.heliograph.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {

    private static final int KEY = 0x37FA_A13D;

    @Test
    void masksEveryRangeAtEveryPhaseLikeTheRfcDefinesIt() {
        Random random = new Random(7);
        for (int from = 0; from < 10; from++) {
            for (int to = from; to < 44; to++) {
                for (int phase = 0; phase < 9; phase++) {
                    byte[] bytes = new byte[48];
                    random.nextBytes(bytes);
                    byte[] expected = bytes.clone();
                    for (int i = from; i < to; i++) {
                        int j = (phase + i - from) % 4;
                        expected[i] ^= (byte) (KEY >>> (24 - 8 * j));
                    }

                    Mask.apply(bytes, from, to, KEY, phase);

                    assertThat(bytes).isEqualTo(expected);
                }
            }
        }
    }
}
