package dev.heliograph.cli.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.CapacityException;
import dev.heliograph.capacity.CapacityModel;
import dev.heliograph.capacity.Curve;
import dev.heliograph.capacity.Demand;
import dev.heliograph.capacity.Plan;
import dev.heliograph.capacity.PriceList;
import dev.heliograph.cli.Failure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    /// How a plan is written.
    enum Output {
        TEXT,
        JSON,
        ANSIBLE
    }

    /// From an eighth of the load to eight times it.
    private static final double RANGE = 8;

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
    private Output output = Output.TEXT;

    @Option(
            names = "--curve",
            paramLabel = "INPUT",
            description =
                    "Also show what happens while connections or publish-rate vary, from an eighth to eight times.",
            converter = InputName.class)
    private Optional<Curve.Input> curve = Optional.empty();

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
            print(plan, list.compare(demand), list, curve.map(input -> curve(model, demand, input)));
        } catch (CapacityException e) {
            if (e.isInput()) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
            }
            throw new Failure(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private Curve curve(CapacityModel model, Demand demand, Curve.Input input) {
        double now = input == Curve.Input.CONNECTIONS ? demand.connections() : demand.publishRate();
        if (now == 0) {
            throw new IllegalArgumentException("--curve: a publish rate of 0 can not be multiplied");
        }
        return model.curve(demand, input, Math.max(now / RANGE, 0.001), now * RANGE, STEPS);
    }

    private void print(Plan plan, List<PriceList.Comparison> compared, PriceList list, Optional<Curve> more) {
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case TEXT -> new PlanText(out).print(plan, compared, list, more);
            case JSON -> {
                ObjectNode all = plan.json();
                all.set("managed", list.comparisonJson(plan.demand()));
                more.ifPresent(each -> all.set("curve", each.json()));
                out.println(all.toPrettyString());
            }
            case ANSIBLE -> out.print(AnsibleVariables.of(plan));
        }
        out.flush();
    }

    /// `publish-rate`, as options are written.
    static final class InputName implements picocli.CommandLine.ITypeConverter<Curve.Input> {
        @Override
        public Curve.Input convert(String text) {
            return switch (text) {
                case "connections" -> Curve.Input.CONNECTIONS;
                case "publish-rate" -> Curve.Input.PUBLISH_RATE;
                default ->
                    throw new picocli.CommandLine.TypeConversionException(
                            "'" + text + "' is neither connections nor publish-rate");
            };
        }
    }
}
