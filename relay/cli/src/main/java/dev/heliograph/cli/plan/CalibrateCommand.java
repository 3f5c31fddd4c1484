package dev.heliograph.cli.plan;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.Calibration.Saturation;
import dev.heliograph.capacity.CapacityException;
import dev.heliograph.capacity.CapacityModel;
import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Table;
import dev.heliograph.loadtest.LoadException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "calibrate",
        description = {
            "Measure what a relay of this installation uses on this machine, for 'heliograph plan --calibration'.",
            "Starts relays on 127.0.0.1, and a redis-server if one is installed; takes some minutes, in which nothing",
            "else should run. Ends them all. Wants Linux."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph plan calibrate --output mine.json",
            "  heliograph plan calibrate --output rough.json --quick"
        })
final class CalibrateCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "Gets the figures, as JSON.")
    private Path output = Path.of("");

    @Option(
            names = "--quick",
            description = "Half a minute: shows that it works here; the figures are no more than rough.")
    private boolean quick;

    @Option(names = "--no-redis", description = "Leave out what is measured with a Redis.")
    private boolean withoutRedis;

    @Override
    public void run() {
        if (!ProcessUse.isThere()) {
            throw new Failure("this system has no /proc, from which the figures come: calibrate on Linux");
        }
        Path target = output.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null || Files.isDirectory(target) || !Files.isDirectory(parent)) {
            throw new ParameterException(spec.commandLine(), "--output: " + output + " is no place for a file");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Calibrator calibrator = new Calibrator(quick ? Effort.QUICK : Effort.FULL, line -> {
            out.println(line);
            out.flush();
        })) {
            Calibration calibration = calibrator.measure(!withoutRedis);
            write(target, calibration.json());
            tell(out, calibration);
        } catch (LoadException | CapacityException | IllegalArgumentException e) {
            throw new Failure("a measurement failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    /// As a whole: nobody reads half a file.
    private static void write(Path target, String json) {
        try {
            Path part = Files.writeString(target.resolveSibling(target.getFileName() + ".part"), json);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Failure(target + ": can not be written: " + e.getMessage(), e);
        }
    }

    private void tell(PrintWriter out, Calibration calibration) {
        out.println("wrote " + output);
        CapacityModel model = new CapacityModel(calibration);
        Table table = new Table("AT ITS LIMIT", "CORES", "DELIVERIES/S", "PREDICTED", "DIFFERENCE");
        for (Saturation each : calibration.measured().saturation()) {
            double predicted = model.predictedSaturation(each.scenario());
            table.row(
                    each.name(),
                    String.format(Locale.ROOT, "%.2f", each.relayCores()),
                    String.format(Locale.ROOT, "%,.0f", each.deliveriesPerS()),
                    String.format(Locale.ROOT, "%,.0f", predicted),
                    String.format(Locale.ROOT, "%+.0f %%", (predicted / each.deliveriesPerS() - 1) * 100));
        }
        table.print(out, "no load was brought to its limit");
    }
}
