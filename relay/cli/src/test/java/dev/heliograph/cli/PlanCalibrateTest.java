package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.capacity.Calibration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real relays and a real Redis; says nothing of how fast they are.
@Timeout(300)
class PlanCalibrateTest {

    @Test
    void everyFigureIsMeasuredAndAPlanCanBeMadeOfThem(@TempDir Path folder) {
        Path file = folder.resolve("mine.json");
        Cli.Run run = Cli.run("plan", "calibrate", "--quick", "--output", file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("measuring two relays with a Redis", "wrote " + file, "AT ITS LIMIT");

        Calibration.Measured measured = Calibration.read(file).measured();
        // What no relay can be without, whatever the machine: a heap is part of a process, a connection more than
        // nothing.
        assertThat(measured.process().rssBytes())
                .isGreaterThan(measured.process().heapBytes());
        assertThat(measured.connection().heapBytes()).isBetween(100.0, 100_000.0);
        assertThat(measured.network().deliveryOverheadBytes()).isBetween(20.0, 500.0);
        assertThat(measured.delivery())
                .extracting(Calibration.Delivery::inFlight)
                .contains(1, 4, 32);
        assertThat(measured.delivery())
                .extracting(Calibration.Delivery::payloadBytes)
                .contains(128, 1_024, 16_384);
        assertThat(measured.saturation()).isNotEmpty();
        assertThat(measured.redis()).hasValueSatisfying(redis -> {
            assertThat(redis.entryBytes().orElseThrow()).isBetween(10.0, 2_000.0);
            assertThat(redis.channelBytes().orElseThrow()).isBetween(10.0, 20_000.0);
        });
        assertThat(Cli.run("plan", "--calibration", file.toString(), "--latency-ms", "5000")
                        .exitCode())
                .isZero();
    }

    @Test
    void withoutARedisItsFiguresAreLeftOut(@TempDir Path folder) {
        Path file = folder.resolve("mine.json");
        Cli.Run run = Cli.run("plan", "calibrate", "--quick", "--no-redis", "--output", file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("figures with a Redis are left out");
        assertThat(Calibration.read(file).measured().redis()).isEmpty();
    }
}
