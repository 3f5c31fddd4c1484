package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heliograph.capacity.Calibration.Delivery;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private final Batches batches =
            new Batches(List.of(point(1, 128, 1.0), point(4, 128, 3.2), point(32, 16_384, 1.5), point(32, 128, 16.0)));

    @Test
    void whatWasMeasuredWithTheSmallestPayloadIsWhatItSays() {
        assertThat(batches.framesPerWrite(1)).isEqualTo(1);
        assertThat(batches.framesPerWrite(4)).isEqualTo(3.2, within(1e-9));
        assertThat(batches.framesPerWrite(32)).isEqualTo(16, within(1e-9));
    }

    @Test
    void betweenTwoItIsTheirPartOverTheLogarithm() {
        // 0.8 of 4 and 0.5 of 32: a third of the way to 32 is 8, of which 0.7 share a write.
        assertThat(batches.framesPerWrite(8)).isEqualTo(5.6, within(1e-9));
        assertThat(batches.framesPerWrite(2)).isEqualTo(1.8, within(1e-9));
        assertThat(batches.framesPerWrite(4.5)).isBetween(3.2, 5.6);
    }

    @Test
    void beyondTheLargestNothingIsGainedAndBelowOneIsOne() {
        assertThat(batches.framesPerWrite(10_000)).isEqualTo(16);
        assertThat(batches.framesPerWrite(0.1)).isEqualTo(1);
    }

    @Test
    void aCalibrationThatDoesNotTellHasAllOfThemInAWrite() {
        Batches all = new Batches(Figures.calibration().measured().delivery());
        assertThat(all.framesPerWrite(8)).isEqualTo(8, within(1e-9));
        assertThat(all.framesPerWrite(40)).isEqualTo(32);
    }

    private static Delivery point(int inFlight, int bytes, double framesPerWrite) {
        return new Delivery(inFlight, 1_000, bytes, 1, 0, Optional.of(framesPerWrite));
    }
}
