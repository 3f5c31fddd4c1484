package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heliograph.capacity.Calibration.Delivery;
import java.util.List;
import java.util.Optional;
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
        // 16 KiB are 10 more at a batch of 1 and 7.5 more at 32; 4 is 7/31 of the way from there, over 1 / batch.
        assertThat(cost.micros(4, 16_384)).isEqualTo(3 + 7.5 + 2.5 * 7 / 31, within(1e-9));
    }

    @Test
    void whatSharedAWriteCountsNotWhatWasOnItsWay() {
        // 0.5 and a write of 8; 1 more for 16 KiB, of which fewer shared a write.
        DeliveryCost shared =
                new DeliveryCost(List.of(point(1, 128, 1.25, 6.9), point(32, 128, 16, 1), point(32, 16_384, 2, 5.5)));
        assertThat(shared.micros(4, 128)).isEqualTo(2.5, within(1e-9));
        assertThat(shared.micros(16, 16_384)).isEqualTo(2, within(1e-9));
        assertThat(shared.micros(4, 16_384)).isEqualTo(3.5, within(1e-9));
        // Nobody measured a write for each delivery, but it is on the same line.
        assertThat(shared.micros(1, 128)).isEqualTo(8.5, within(1e-9));
    }

    private static Delivery point(int inFlight, int bytes, double framesPerWrite, double cost) {
        return new Delivery(inFlight, 1_000, bytes, cost, 0, Optional.of(framesPerWrite));
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
        double cost = 0.1 + random.nextDouble() * 10;
        return random.nextBoolean()
                ? new Delivery(inFlight, 1_000, bytes, cost, 0, Optional.empty())
                : point(inFlight, bytes, 1 + random.nextDouble() * inFlight, cost);
    }
}
