package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heliograph.capacity.Calibration.Delivery;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliveryCostTest {

    private final DeliveryCost cost =
            new DeliveryCost(Figures.calibration().measured().delivery());

    @Test
    void whatWasMeasuredIsWhatItSays() {
        for (Delivery each : Figures.calibration().measured().delivery()) {
            assertThat(cost.micros(each.inFlight(), each.payloadBytes())).isEqualTo(each.cpuUs(), within(1e-9));
        }
    }

    @Test
    void betweenTwoBatchesAWriteIsSharedEqually() {
        // 10 at a batch of 1 and 3 at one of 4 are 0.667 and a write of 9.333; half of that at a batch of 2.
        assertThat(cost.micros(2, 128)).isEqualTo(0.6667 + 9.3333 / 2, within(0.001));
    }

    @Test
    void betweenTwoSizesItIsAStraightLine() {
        assertThat(cost.micros(1, 576)).isEqualTo(10.5, within(1e-9));
        assertThat(cost.micros(32, 8_704)).isEqualTo(4.5, within(1e-9));
    }

    @Test
    void beyondWhatWasMeasuredBatchesGainNothingAndSizesGoOn() {
        assertThat(cost.micros(10_000, 128)).isEqualTo(0.5);
        assertThat(cost.micros(0.3, 128)).isEqualTo(10);
        assertThat(cost.micros(1, 1)).isEqualTo(10);
        assertThat(cost.micros(1, 2 * 16_384 - 1_024)).isEqualTo(29, within(1e-9));
    }

    @Test
    void aBatchWithOneSizeTakesTheDifferenceFromTheOthers() {
        // At 1 it is 10 more for 16 KiB; the batch of 4 was measured with 128 B only.
        assertThat(cost.micros(4, 16_384)).isEqualTo(3 + 10, within(1e-9));
    }

    @Test
    void scatteredMeasurementsMakeNothingCheaper() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            DeliveryCost scattered = new DeliveryCost(List.of(
                    point(1, 128, random),
                    point(1, 1_024, random),
                    point(1, 16_384, random),
                    point(4, 128, random),
                    point(32, 128, random),
                    point(32, 1_024, random)));
            for (int i = 0; i < 50; i++) {
                double batch = 1 + random.nextDouble() * 40;
                double bytes = 1 + random.nextInt(40_000);
                double here = scattered.micros(batch, bytes);
                assertThat(here).isPositive();
                assertThat(scattered.micros(batch, bytes + random.nextInt(5_000)))
                        .isGreaterThanOrEqualTo(here - 1e-9);
                assertThat(scattered.micros(batch + random.nextDouble() * 10, bytes))
                        .isLessThanOrEqualTo(here + 1e-9);
            }
        }
    }

    private static Delivery point(int inFlight, int bytes, Random random) {
        return new Delivery(inFlight, 1_000, bytes, 0.1 + random.nextDouble() * 10, 0);
    }
}
