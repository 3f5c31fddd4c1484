package dev.heliograph.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final long SECOND = 1_000_000_000L;

    private int connections;

    @Test
    void withoutLimitsEveryoneComesIn() {
        Admission admission = new Admission(0, 0, () -> 1_000_000);
        assertThat(admission.admit()).isTrue();
    }

    @Test
    void noMoreConnectionsThanTheLimit() {
        Admission admission = new Admission(2, 0, () -> connections);
        connections = 1;
        assertThat(admission.admit()).isTrue();
        connections = 2;
        assertThat(admission.admit()).isFalse();
        connections = 1;
        assertThat(admission.admit()).isTrue();
    }

    @Test
    void aBurstOfOneSecondThenTheRate() {
        Admission admission = new Admission(0, 10, () -> 0);
        long start = System.nanoTime() + SECOND;
        assertThat(admitted(admission, start, 100)).isEqualTo(10);
        assertThat(admitted(admission, start + SECOND / 10, 100)).isEqualTo(1);
        assertThat(admitted(admission, start + SECOND / 2, 100)).isEqualTo(4);
    }

    @Test
    void whatWasNotUsedIsNotSavedUpBeyondOneSecond() {
        Admission admission = new Admission(0, 10, () -> 0);
        long start = System.nanoTime() + SECOND;
        assertThat(admitted(admission, start, 100)).isEqualTo(10);
        assertThat(admitted(admission, start + 60 * SECOND, 100)).isEqualTo(10);
    }

    private static int admitted(Admission admission, long now, int asking) {
        int admitted = 0;
        for (int i = 0; i < asking; i++) {
            if (admission.admit(now)) {
                admitted++;
            }
        }
        return admitted;
    }
}
