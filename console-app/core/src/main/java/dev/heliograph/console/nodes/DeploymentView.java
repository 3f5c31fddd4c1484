package dev.heliograph.console.nodes;

import dev.heliograph.console.deployment.DeploymentState;
import dev.heliograph.console.deployment.Phases;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.Deployment;
import dev.heliograph.console.wire.DeploymentPhase;
import dev.heliograph.console.wire.DeploymentVerdict;
import dev.heliograph.console.wire.DrainKind;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.DrainState;
import dev.heliograph.console.wire.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A deployment, as the page shows it at a moment.
///
/// @param status   in a word or two
/// @param versions `1.1.0 → 1.2.0`
/// @param colours  the one of before and the one that takes over, as far as it has colours
/// @param when     since when it goes on and who runs it, or how and when it ended
/// @param steps    its phases, and how it ended if that was not well
/// @param canary   what it gets of new clients, while or after it had some
/// @param verdicts on it, the newest first
/// @param drain    of the nodes of before, while they move their clients
/// @param note     what whoever runs it says; may be empty
/// @param updated  how old this is; empty once it has ended
/// @param problem  why this is not of now; may be empty
public record DeploymentView(
        Standing standing,
        String status,
        String versions,
        List<ColourShare> colours,
        String when,
        List<Step> steps,
        Optional<Integer> canary,
        List<VerdictLine> verdicts,
        Optional<Moving> drain,
        String note,
        String updated,
        String problem) {

    /// How it stands as a whole.
    public enum Standing {
        UNDER_WAY,
        ROLLING_BACK,
        DONE,
        ROLLED_BACK,
        FAILED;

        /// Whether it did not do what it should.
        public boolean wentWrong() {
            return this == ROLLING_BACK || this == ROLLED_BACK || this == FAILED;
        }
    }

    /// How a phase stands.
    public enum Progress {
        DONE,
        CURRENT,
        /// It went wrong in it.
        FAILED,
        TO_COME,
        /// It was not reached, as far as is known.
        LEFT_OUT,
        /// What was before is there again.
        TAKEN_BACK
    }

    /// A phase.
    ///
    /// @param word     its name
    /// @param sentence that, and how it stands
    public record Step(DeploymentPhase phase, Progress progress, String word, String sentence) {}

    /// @param share of all connections, of 1; empty while no node of that colour is there
    public record ColourShare(String colour, Optional<Double> share) {}

    /// @param word    the verdict
    /// @param reasons in one line; may be empty
    /// @param at      when; empty if that is not known
    public record VerdictLine(Verdict verdict, String word, String percent, String reasons, String at) {}

    /// @param progress of 1
    public record Moving(double progress, String sentence) {}

    public DeploymentView {
        colours = List.copyOf(colours);
        steps = List.copyOf(steps);
        verdicts = List.copyOf(verdicts);
    }

    /// Empty if there was no deployment yet.
    public static Optional<DeploymentView> of(DeploymentState state, NodesState nodes, Instant now) {
        return state.deployment().map(deployment -> of(deployment, state, nodes, now));
    }

    private static DeploymentView of(Deployment it, DeploymentState state, NodesState nodes, Instant now) {
        Standing standing = standing(it.phase());
        boolean ended = Phases.isFinished(it.phase());
        return new DeploymentView(
                standing,
                Messages.text("nodes.deployment.standing." + word(standing)),
                versions(it),
                Stream.of(it.from(), it.to())
                        .filter(colour -> !colour.isEmpty())
                        .distinct()
                        .map(colour -> new ColourShare(colour, share(nodes, colour)))
                        .toList(),
                when(it, standing, now),
                steps(it, state.reached()),
                it.canaryPercent() > 0 && !ended ? Optional.of(it.canaryPercent()) : Optional.empty(),
                it.verdicts().reversed().stream().map(DeploymentView::line).toList(),
                ended ? Optional.empty() : moving(it, nodes),
                it.note(),
                ended
                        ? ""
                        : Messages.text(
                                "nodes.deployment.updated", Times.ago(Instant.ofEpochMilli(it.updatedMs()), now)),
                state.problem().orElse(""));
    }

    /// All that counts of it, for who cannot see it.
    public String sentence() {
        List<String> all = new ArrayList<>(List.of(versions, status, when));
        steps.stream()
                .filter(step -> step.progress() == Progress.CURRENT || step.progress() == Progress.FAILED)
                .map(Step::sentence)
                .forEach(all::add);
        all.add(note);
        all.removeIf(String::isEmpty);
        return String.join(". ", all);
    }

    private static Standing standing(DeploymentPhase phase) {
        return switch (phase) {
            case DONE -> Standing.DONE;
            case ROLLING_BACK -> Standing.ROLLING_BACK;
            case ROLLED_BACK -> Standing.ROLLED_BACK;
            case FAILED -> Standing.FAILED;
            case PREFLIGHT, INSTALL, SMOKE, CANARY, SWITCH, DRAIN, BAKE, RETIRE, UNKNOWN -> Standing.UNDER_WAY;
        };
    }

    private static String versions(Deployment it) {
        return it.previous().isEmpty()
                ? it.version()
                : Messages.text("nodes.deployment.versions", it.previous(), it.version());
    }

    private static Optional<Double> share(NodesState nodes, String colour) {
        return nodes.colours().stream()
                .filter(each -> each.colour().equals(colour))
                .map(ColourView::share)
                .findFirst();
    }

    private static String when(Deployment it, Standing standing, Instant now) {
        Instant began = Instant.ofEpochMilli(it.startedMs());
        Instant updated = Instant.ofEpochMilli(it.updatedMs());
        String at = Times.second(updated);
        String took = Times.span(Duration.between(began, updated));
        return switch (standing) {
            case UNDER_WAY ->
                Messages.text(
                        "nodes.deployment.since",
                        it.by(),
                        Times.second(began),
                        Times.span(Duration.between(began, now)));
            case ROLLING_BACK -> Messages.text("nodes.deployment.going-back", it.by(), before(it), Times.second(began));
            case DONE -> Messages.text("nodes.deployment.ended.done", it.by(), at, took);
            case ROLLED_BACK -> Messages.text("nodes.deployment.ended.rolled-back", it.by(), before(it), at, took);
            case FAILED -> Messages.text("nodes.deployment.ended.failed", it.by(), at, took);
        };
    }

    private static String before(Deployment it) {
        return it.previous().isEmpty() ? Messages.text("nodes.deployment.before") : it.previous();
    }

    // ---- steps ----

    private static List<Step> steps(Deployment it, Optional<DeploymentPhase> reached) {
        List<DeploymentPhase> phases = Phases.of(it.strategy(), reached.orElse(it.phase()));
        int at = reached.map(phases::indexOf).orElse(-1);
        boolean wrong = standing(it.phase()).wentWrong();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            steps.add(step(phases.get(i), progress(i, at, it.phase(), wrong)));
        }
        if (wrong) {
            steps.removeIf(step -> step.phase() == DeploymentPhase.DONE);
            steps.add(step(
                    it.phase(),
                    switch (it.phase()) {
                        case ROLLING_BACK -> Progress.CURRENT;
                        case ROLLED_BACK -> Progress.TAKEN_BACK;
                        default -> Progress.FAILED;
                    }));
        }
        return steps;
    }

    private static Progress progress(int i, int at, DeploymentPhase now, boolean wrong) {
        if (at < 0) {
            return Progress.LEFT_OUT;
        }
        if (i < at || now == DeploymentPhase.DONE) {
            return Progress.DONE;
        }
        if (i == at) {
            return wrong ? Progress.FAILED : Progress.CURRENT;
        }
        return wrong ? Progress.LEFT_OUT : Progress.TO_COME;
    }

    private static Step step(DeploymentPhase phase, Progress progress) {
        String word = Messages.text("nodes.deployment.phase." + word(phase));
        return new Step(
                phase,
                progress,
                word,
                Messages.text(
                        "nodes.deployment.step", word, Messages.text("nodes.deployment.progress." + word(progress))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    // ---- canary and drain ----

    private static VerdictLine line(DeploymentVerdict verdict) {
        return new VerdictLine(
                verdict.verdict(),
                Messages.text("nodes.deployment.verdict." + word(verdict.verdict())),
                Messages.text("nodes.deployment.percent", verdict.percent()),
                String.join("; ", verdict.reasons()),
                verdict.atMs() == 0 ? "" : Times.clock(Instant.ofEpochMilli(verdict.atMs())));
    }

    /// The drains of the nodes of before; without colours, of any.
    private static Optional<Moving> moving(Deployment it, NodesState nodes) {
        List<DrainRow> drains = nodes.nodes().stream()
                .filter(node -> it.from().isEmpty() || node.row().colour().equals(it.from()))
                .flatMap(node -> node.drain().stream())
                .filter(row -> row.kind() == DrainKind.DRAIN)
                .filter(row -> DrainTexts.active(row) || row.state() == DrainState.DONE)
                .toList();
        if (drains.stream().noneMatch(DrainTexts::active)) {
            return Optional.empty();
        }
        long total = drains.stream().mapToLong(DrainRow::total).sum();
        long moved = drains.stream().mapToLong(DrainRow::moved).sum();
        long paused =
                drains.stream().filter(row -> row.state() == DrainState.PAUSED).count();
        double pace = drains.stream()
                .filter(row -> row.state() == DrainState.RUNNING)
                .mapToDouble(DrainRow::measured)
                .sum();
        String sentence = Messages.text(
                "nodes.deployment.drain",
                DrainTexts.number(moved),
                DrainTexts.number(total),
                DrainTexts.rate(pace),
                drains.size());
        return Optional.of(new Moving(
                total == 0 ? 1 : (double) moved / total,
                paused == 0 ? sentence : sentence + Messages.text("nodes.deployment.drain.paused", paused)));
    }
}
