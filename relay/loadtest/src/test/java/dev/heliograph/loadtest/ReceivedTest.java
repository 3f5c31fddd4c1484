package dev.heliograph.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.loadtest.Received.Kind;
import org.junit.jupiter.api.Test;

class ReceivedTest {

    private final Received received = new Received(2);

    private void take(int... numbers) {
        for (int number : numbers) {
            received.take(number);
        }
    }

    @Test
    void whatWasPublishedBeforeDoesNotCount() {
        assertThat(received.take(1)).isEqualTo(Kind.EARLY);
        assertThat(received.lacks(0, 2)).isZero();
        assertThat(received.lacks(0, 5)).isEqualTo(3);
    }

    @Test
    void whatComesInOrderIsNeitherLostNorLate() {
        assertThat(received.take(2)).isEqualTo(Kind.NEXT);
        assertThat(received.take(3)).isEqualTo(Kind.NEXT);
        assertThat(received.lacks(0, 4)).isZero();
    }

    @Test
    void aGapIsLackedUntilItIsFilledLate() {
        take(2, 5);
        assertThat(received.lacks(0, 6)).isEqualTo(2);
        assertThat(received.lacks(4, 6)).isEqualTo(1);
        assertThat(received.take(3)).isEqualTo(Kind.LATE);
        assertThat(received.lacks(0, 6)).isEqualTo(1);
    }

    @Test
    void whatComesTwiceIsADuplicate() {
        take(2, 3);
        assertThat(received.take(2)).isEqualTo(Kind.AGAIN);
        take(6, 4);
        assertThat(received.take(4)).isEqualTo(Kind.AGAIN);
    }

    @Test
    void whatNeverCameIsLackedOnlyAsFarAsItIsAcknowledged() {
        take(2);
        assertThat(received.lacks(0, 3)).isZero();
        assertThat(received.lacks(0, 10)).isEqualTo(7);
        assertThat(received.lacks(5, 10)).isEqualTo(5);
    }

    @Test
    void theHistoryFillsWhatIsLackedAndRepeatsTheRest() {
        take(2, 5);
        assertThat(received.fill(2)).isFalse();
        assertThat(received.fill(3)).isTrue();
        assertThat(received.fill(4)).isTrue();
        assertThat(received.fill(6)).isTrue();
        assertThat(received.lacks(0, 7)).isZero();
    }
}
