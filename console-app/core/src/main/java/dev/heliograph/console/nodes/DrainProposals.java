package dev.heliograph.console.nodes;

import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.RebalanceWish;
import dev.heliograph.console.workspace.Census;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Moving clients between nodes, as proposals. Each is made of a dry run, so that what it says is what the relays say;
/// so each method blocks, and throws [dev.heliograph.console.api.AdminException]. Threadsafe.
public final class DrainProposals {

    private final AdminApi api;

    public DrainProposals(AdminApi api) {
        this.api = api;
    }

    /// Undone by cancelling it: the node takes clients again. Those who have moved stay where they are; a rebalance
    /// brings them back.
    public Proposal start(String node, DrainPlan plan) {
        DrainRow would = api.startDrain(node, plan.wish(), Change.DRY_RUN).drain();
        List<NodeRow> nodes = api.nodes().nodes();
        List<String> warnings = new ArrayList<>();
        if (nodes.stream()
                .allMatch(each -> each.name().equals(node) || each.id().equals(node) || each.draining())) {
            warnings.add(Messages.text("nodes.drain.nobody-else"));
        }
        if (plan.whole()) {
            warnings.add(Messages.text("nodes.drain.takes-nobody", would.node()));
        }
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter(Messages.text("nodes.drain.node"), would.node()));
        parameters.add(new Parameter(
                Messages.text("nodes.drain.share"), String.format(Locale.ROOT, "%.0f %%", plan.percent())));
        parameters.add(new Parameter(Messages.text("nodes.drain.pace"), DrainTexts.rate(would.setPoint())));
        parameters.add(new Parameter(Messages.text("nodes.drain.takes"), takes(would)));
        return new Proposal(
                "drain.start",
                Messages.text("nodes.drain.title", would.node()),
                Risk.TYPE_NAME,
                Role.OPERATOR,
                parameters,
                Optional.of(Census.blast(api, would.total())),
                warnings,
                reason -> {
                    DrainRow begun = api.startDrain(node, plan.wish(), Change.because(reason))
                            .drain();
                    return new Outcome(
                            Messages.text(
                                    "nodes.drain.begun", begun.node(), DrainTexts.number(begun.total()), takes(begun)),
                            Optional.of(new Undo(
                                    Messages.text("nodes.drain.undo", begun.node()),
                                    why -> cancelled(begun.node(), why))));
                });
    }

    public Proposal pause(String node) {
        DrainRow would = api.pauseDrain(node, Change.DRY_RUN).drain();
        return plain("drain.pause", "nodes.pause.title", would, Risk.UNDOABLE, reason -> paused(node, reason));
    }

    public Proposal resume(String node) {
        DrainRow would = api.resumeDrain(node, Change.DRY_RUN).drain();
        return plain("drain.resume", "nodes.resume.title", would, Risk.UNDOABLE, reason -> resumed(node, reason));
    }

    public Proposal cancel(String node) {
        DrainRow would = api.cancelDrain(node, Change.DRY_RUN).drain();
        return plain("drain.cancel", "nodes.cancel.title", would, Risk.CONFIRM, reason -> cancelled(node, reason));
    }

    /// Moves clients from nodes that have more than the mean.
    ///
    /// @param perSecond of each node that has too many
    public Proposal rebalance(double perSecond, Optional<Double> tolerancePercent) {
        RebalanceWish wish = new RebalanceWish(perSecond, tolerancePercent.orElse(null));
        List<DrainRow> would = api.rebalance(wish, Change.DRY_RUN).drains();
        Blast blast =
                Census.blast(api, would.stream().mapToLong(DrainRow::total).sum());
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter(Messages.text("nodes.rebalance.pace"), DrainTexts.rate(perSecond)));
        for (DrainRow each : would) {
            if (each.total() > 0) {
                parameters.add(new Parameter(
                        each.node(),
                        Messages.text("nodes.rebalance.excess", DrainTexts.number(each.total()), takes(each))));
            }
        }
        return new Proposal(
                "drain.rebalance",
                Messages.text("nodes.rebalance.title"),
                Census.risk(blast, Risk.CONFIRM),
                Role.OPERATOR,
                parameters,
                Optional.of(blast),
                blast.touched() == 0 ? List.of(Messages.text("nodes.rebalance.nothing")) : List.of(),
                reason -> {
                    long begun = api.rebalance(wish, Change.because(reason)).drains().stream()
                            .mapToLong(DrainRow::total)
                            .sum();
                    return new Outcome(
                            Messages.text("nodes.rebalance.begun", DrainTexts.number(begun)), Optional.empty());
                });
    }

    private Proposal plain(String action, String title, DrainRow would, Risk risk, Proposal.Work work) {
        return new Proposal(
                action,
                Messages.text(title, would.node()),
                risk,
                Role.OPERATOR,
                List.of(
                        new Parameter(Messages.text("nodes.drain.node"), would.node()),
                        new Parameter(
                                Messages.text("nodes.drain.moved"),
                                Messages.text(
                                        "nodes.drain.moved-of",
                                        DrainTexts.number(would.moved()),
                                        DrainTexts.number(would.total()))),
                        new Parameter(Messages.text("nodes.drain.there"), DrainTexts.number(would.connections()))),
                Optional.empty(),
                List.of(),
                work);
    }

    private Outcome paused(String node, String reason) {
        DrainRow row = api.pauseDrain(node, Change.because(reason)).drain();
        return new Outcome(
                Messages.text("nodes.pause.done", row.node(), DrainTexts.number(row.left())),
                Optional.of(new Undo(Messages.text("nodes.resume.title", row.node()), why -> resumed(node, why))));
    }

    private Outcome resumed(String node, String reason) {
        DrainRow row = api.resumeDrain(node, Change.because(reason)).drain();
        return new Outcome(
                Messages.text("nodes.resume.done", row.node(), DrainTexts.number(row.left())),
                Optional.of(new Undo(Messages.text("nodes.pause.title", row.node()), why -> paused(node, why))));
    }

    private Outcome cancelled(String node, String reason) {
        DrainRow row = api.cancelDrain(node, Change.because(reason)).drain();
        return new Outcome(
                Messages.text("nodes.cancel.done", row.node(), DrainTexts.number(row.moved())), Optional.empty());
    }

    private static String takes(DrainRow row) {
        Long eta = row.etaMs();
        if (eta != null) {
            return Times.span(Duration.ofMillis(eta));
        }
        return row.setPoint() > 0 && row.total() > 0
                ? Times.span(Duration.ofMillis((long) (1_000 * row.total() / row.setPoint())))
                : Messages.text("nodes.drain.no-time");
    }
}
