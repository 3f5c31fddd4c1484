package dev.heliograph.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void behavesAsASetOfNumbersDoes(long seed) {
        Random random = new Random(seed);
        Ranges ranges = new Ranges();
        BitSet expected = new BitSet();
        int top = 0;
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(3) == 0) {
                int from = top + random.nextInt(3);
                top = from + random.nextInt(6);
                ranges.append(from, top);
                expected.set(from, top);
            } else {
                int number = random.nextInt(top + 2);
                assertThat(ranges.remove(number)).isEqualTo(expected.get(number));
                expected.clear(number);
            }
            int from = random.nextInt(top + 2);
            int end = from + random.nextInt(top + 2);
            assertThat(ranges.count(from, end))
                    .isEqualTo(expected.get(from, end).cardinality());
        }
    }

    @Test
    void takesNumbersInOrderOnly() {
        Ranges ranges = new Ranges();
        ranges.append(3, 5);
        assertThatThrownBy(() -> ranges.append(4, 6)).isInstanceOf(IllegalArgumentException.class);
    }
}
