package dev.heliograph.console.capacity;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.CapacityException;
import dev.heliograph.capacity.CapacityModel;
import dev.heliograph.capacity.Curve;
import dev.heliograph.capacity.Demand;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.PlanReport;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.overview.OverviewState;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.wire.ChannelList;
import dev.heliograph.console.workspace.Loader;
import dev.heliograph.console.workspace.PageModel;
import dev.heliograph.console.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// What a load needs: a form of it, the plan for what is written there, and a curve of what would be if one
/// of its numbers were another.
///
/// Each change of the form makes another plan, in the background; one that takes longer than the next
/// change is given up. While something in the form is wrong, the plan stays that of what was written
/// before. The cluster is asked only by [#take]. What was written is kept when the page goes out of sight.
/// Threadsafe.
public final class PlanModel implements PageModel {

    /// What a curve can be about: that which grows, or that which can be bought or given up.
    public static final List<DemandInput> VARIED = List.of(
            DemandInput.CONNECTIONS,
            DemandInput.PUBLISH_RATE,
            DemandInput.FAN_OUT,
            DemandInput.PAYLOAD_BYTES,
            DemandInput.GROWTH,
            DemandInput.LATENCY_MS,
            DemandInput.FAILURES,
            DemandInput.CORES,
            DemandInput.MEMORY_GIB,
            DemandInput.PRICE);

    /// Enough for steps to look like steps; odd, so that the present value is one of the points.
    private static final int STEPS = 193;

    /// As much room as it takes to see that there is a step.
    private static final double BEYOND = 1.5;

    private final Workspace workspace;
    private final Value<OverviewState> overview;
    private final Packaged packaged;
    private final Consumer<String> keep;
    private final Value<PlanForm> form;
    private final Value<DemandInput> varied;
    private final Value<Figures> figures;
    private final Loader<PlanOutcome> outcome;
    private String kept;

    /// @param overview what is seen of the cluster
    /// @param kept     what was kept last; empty for nothing
    /// @param keep     keeps a text until the next start; may take a moment
    public PlanModel(
            Workspace workspace,
            Value<OverviewState> overview,
            Packaged packaged,
            Optional<String> kept,
            Consumer<String> keep) {
        this.workspace = workspace;
        this.overview = overview;
        this.packaged = packaged;
        this.keep = keep;
        KeptPlan begin = kept.map(KeptPlan::read).orElse(KeptPlan.USUAL);
        this.kept = begin.write();
        this.form = new Value<>(begin.form());
        this.varied = new Value<>(begin.varied());
        this.figures = new Value<>(begin.own().orElseGet(this::reference));
        this.outcome = new Loader<>(workspace.background());
        plan();
    }

    public Value<PlanForm> form() {
        return form;
    }

    public Value<DemandInput> varied() {
        return varied;
    }

    public Value<Figures> figures() {
        return figures;
    }

    public Value<Loaded<PlanOutcome>> outcome() {
        return outcome.state();
    }

    public Value<OverviewState> overview() {
        return overview;
    }

    /// Something else was written.
    public void change(PlanForm next) {
        if (!next.equals(form.get())) {
            form.set(next);
            plan();
        }
    }

    /// The curve is to be about another number.
    public void vary(DemandInput input) {
        if (input != varied.get()) {
            varied.set(input);
            plan();
        }
    }

    /// Plans with the operator's own figures.
    ///
    /// @param file its name
    /// @param json what is in it
    /// @return what is wrong with it: then the figures stay those that they were
    public Optional<String> calibrate(String file, String json) {
        try {
            figures.set(new Figures(Calibration.parse(file, json), Optional.of(file)));
        } catch (CapacityException e) {
            return Optional.of(Messages.text("capacity.figures.wrong", String.valueOf(e.getMessage())));
        }
        plan();
        return Optional.empty();
    }

    /// Plans with the figures that come with the console again.
    public void calibrateAsPackaged() {
        figures.set(reference());
        plan();
    }

    private Figures reference() {
        return new Figures(packaged.calibration(), Optional.empty());
    }

    /// Fills into the form what the cluster has now.
    ///
    /// @return what was taken; fails with an [IllegalArgumentException] whose message is for the operator
    ///     while nothing is known of the cluster
    public CompletableFuture<ClusterLoad> take() {
        return workspace.background().call(() -> {
            OverviewState seen = overview.get();
            if (seen.at().isEmpty()) {
                throw new IllegalArgumentException(Messages.text("capacity.take.unknown"));
            }
            ClusterLoad load =
                    ClusterLoad.of(seen, channels(), workspace.clock().instant());
            form.update(load::into);
            plan();
            return load;
        });
    }

    private Optional<Long> channels() {
        try {
            ChannelList some = workspace.api().channels("", "subscribers", 1);
            return Optional.of(some.channels().size() + some.others());
        } catch (AdminException _) {
            // The sentence about what was taken says that they are not known.
            return Optional.empty();
        }
    }

    private synchronized void plan() {
        form.get().demand().ifPresent(demand -> {
            Calibration calibration = figures.get().calibration();
            DemandInput input = varied.get();
            outcome.load(() -> plan(new CapacityModel(calibration), demand, input));
        });
    }

    private PlanOutcome plan(CapacityModel model, Demand demand, DemandInput input) {
        try {
            PlanReport report = new PlanReport(model.plan(demand), packaged.prices(), Optional.empty());
            return new PlanOutcome.Carried(report, input, curve(model, demand, input));
        } catch (CapacityException e) {
            return new PlanOutcome.Impossible(demand, String.valueOf(e.getMessage()));
        }
    }

    /// From an eighth of the present value to eight times it, and farther if the next relay is needed
    /// farther on.
    private static Optional<Curve> curve(CapacityModel model, Demand demand, DemandInput input) {
        try {
            Curve near = model.curve(demand, input, STEPS);
            double far = near.next().map(point -> point.value() * BEYOND).orElse(0.0);
            return Optional.of(
                    far <= near.points().getLast().value()
                            ? near
                            : model.curve(
                                    demand,
                                    input,
                                    near.points().getFirst().value(),
                                    Math.min(far, input.most(demand)),
                                    STEPS));
        } catch (CapacityException _) {
            return Optional.empty();
        }
    }

    @Override
    public void shown() {}

    @Override
    public void hidden() {
        keepIt();
    }

    @Override
    public void close() {
        keepIt();
        outcome.close();
    }

    private synchronized void keepIt() {
        String now = new KeptPlan(
                        form.get(),
                        varied.get(),
                        Optional.of(figures.get()).filter(each -> each.file().isPresent()))
                .write();
        if (!now.equals(kept)) {
            kept = now;
            keep.accept(now);
        }
    }
}
