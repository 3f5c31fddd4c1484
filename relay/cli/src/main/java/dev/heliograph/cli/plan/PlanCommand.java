package dev.heliograph.cli.plan;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.CapacityException;
import dev.heliograph.capacity.CapacityModel;
import dev.heliograph.capacity.Curve;
import dev.heliograph.capacity.Demand;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.Plan;
import dev.heliograph.capacity.PlanReport;
import dev.heliograph.capacity.PriceList;
import dev.heliograph.cli.Failure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "plan",
        description = {
            "Say what a load needs: relays, Redis, network and money, and what binds.",
            "It is reckoned from what a relay was measured to use; docs/capacity.md has the formulas.",
            "Exit code 1 if nothing carries the load."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph plan --connections 200000 --channels 20000 --publish-rate 500 --fan-out 50",
            "  heliograph plan --demand load.json --output ansible > inventory/group_vars/all/plan.yml",
            "  heliograph plan --connections 50000 --curve publish-rate",
            "  heliograph plan calibrate --output mine.json && heliograph plan --calibration mine.json"
        })
public final class PlanCommand implements Runnable {

    private static final int STEPS = 13;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final DemandOptions options = new DemandOptions();

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description =
                    "Figures that 'heliograph plan calibrate' measured. Default: those that come with this release.")
    private Optional<Path> calibration = Optional.empty();

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "A price list of managed services. Default: the one that comes with this release.")
    private Optional<Path> prices = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description = "text, json, or ansible: variables of the roles, for group_vars. Default: text.")
    private PlanReport.Form output = PlanReport.Form.TEXT;

    @Option(
            names = "--curve",
            paramLabel = "INPUT",
            description = "Also show what happens while a number of the load varies, as connections or fan-out: from an"
                    + " eighth to eight times.",
            converter = InputName.class)
    private Optional<DemandInput> curve = Optional.empty();

    /// The commands below this one.
    public List<Object> subcommands() {
        return List.of(new CalibrateCommand());
    }

    @Override
    public void run() {
        try {
            PriceList list = prices.map(PriceList::read).orElseGet(PriceList::packaged);
            CapacityModel model =
                    new CapacityModel(calibration.map(Calibration::read).orElseGet(Calibration::reference));
            Demand demand = options.demand(spec.commandLine().getParseResult());
            Plan plan = model.plan(demand);
            Optional<Curve> varied = curve.map(input -> model.curve(demand, input, STEPS));
            spec.commandLine().getOut().print(new PlanReport(plan, list, varied).as(output));
            spec.commandLine().getOut().flush();
        } catch (CapacityException e) {
            if (e.isInput()) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
            }
            throw new Failure(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    /// `publish-rate`, as options are written.
    static final class InputName implements ITypeConverter<DemandInput> {
        @Override
        public DemandInput convert(String text) {
            return Arrays.stream(DemandInput.values())
                    .filter(each -> each.key().replace('_', '-').equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is no number of a load"));
        }
    }
}
