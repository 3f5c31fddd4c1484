package dev.heliograph.cli.plan;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.cli.Failure;
import dev.heliograph.server.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Measures one figure after the other. What it starts it ends, and its folder goes with it.
final class Calibrator implements AutoCloseable {

    private final Effort effort;
    private final Consumer<String> progress;
    private final Path folder;

    /// @param progress gets a line for each part
    Calibrator(Effort effort, Consumer<String> progress) {
        this.effort = effort;
        this.progress = progress;
        try {
            this.folder = Files.createTempDirectory("heliograph-calibrate");
        } catch (IOException e) {
            throw new Failure("there is no place for temporary files: " + e.getMessage(), e);
        }
    }

    /// @param withRedis whether to measure with a Redis, if there is one
    Calibration measure(boolean withRedis) throws InterruptedException {
        Optional<Path> redis = MeasuredRedis.program();
        progress.accept("measuring a relay alone");
        Alone alone = new Alone(effort, folder, progress);
        alone.measure();
        Optional<Calibration.Redis> shared = Optional.empty();
        if (withRedis && redis.isPresent()) {
            progress.accept("measuring two relays with a Redis");
            shared = Optional.of(new Shared(effort, folder, alone.deliveryMicros()).measure(redis.get()));
        } else {
            progress.accept(
                    withRedis
                            ? "redis-server is not installed: figures with a Redis are left out"
                            : "figures with a Redis are left out, as asked for");
        }
        return new Calibration(
                machine(),
                Runtime.getRuntime().availableProcessors(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                Version.current(),
                Map.of(
                        "measured",
                        "heliograph plan calibrate" + (effort.equals(Effort.QUICK) ? " --quick: rough" : "")),
                alone.measured(shared));
    }

    /// The processor as the system calls it, shared by the relay and the clients that load it.
    private static String machine() {
        String model = "";
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            model = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException _) {
            // Not every system tells.
        }
        int cores = Runtime.getRuntime().availableProcessors();
        return (model.isEmpty() ? System.getProperty("os.arch") : model) + ", " + cores
                + (cores == 1 ? " core" : " cores") + " shared with the clients";
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(each -> each.toFile().delete());
        } catch (IOException e) {
            progress.accept(folder + " can not be removed: " + e.getMessage());
        }
    }
}
