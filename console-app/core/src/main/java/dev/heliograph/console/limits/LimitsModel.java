package dev.heliograph.console.limits;

import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.api.StreamWish;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitRate;
import dev.heliograph.console.wire.LimitRow;
import dev.heliograph.console.wire.LimitState;
import dev.heliograph.console.wire.LimitWish;
import dev.heliograph.console.wire.LimitsMessage;
import dev.heliograph.console.wire.PreviewView;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.wire.TopicProblem;
import dev.heliograph.console.workspace.Census;
import dev.heliograph.console.workspace.Loader;
import dev.heliograph.console.workspace.PageModel;
import dev.heliograph.console.workspace.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The limits of a cluster: what each does now, and changes that are staged, applied together, and taken back by
/// themselves
/// unless they are kept. Asks the cluster only while it is shown; a trial goes on when it is not. Threadsafe.
public final class LimitsModel implements PageModel {

    /// Long enough to see what a limit does, short enough for a mistake.
    public static final Duration TRIAL = Duration.ofMinutes(2);

    /// From one look at counters and fullest keys to the next; rates come each second.
    private static final Duration EVERY = Duration.ofSeconds(5);

    /// What a limit would do now.
    ///
    /// @param before the limit that it takes the place of
    /// @param blast  the connections that it is for
    public record Outlook(PreviewView preview, Blast blast, Optional<LimitState> before) {}

    private final Workspace workspace;
    private final Loader<List<LimitRow>> limits;
    private final Loader<Outlook> outlook;
    private final Value<Map<String, LimitRate>> rates = new Value<>(Map.of());
    private final Value<Optional<String>> liveProblem = new Value<>(Optional.empty());
    private final Value<List<Staged>> staged = new Value<>(List.of());
    private final LimitTrial trial;
    private final List<Watch> watches = new ArrayList<>();

    public LimitsModel(Workspace workspace) {
        this.workspace = workspace;
        this.limits = new Loader<>(workspace.background());
        this.outlook = new Loader<>(workspace.background());
        this.trial = new LimitTrial(workspace);
    }

    /// All limits in the order in which they are asked.
    public Value<Loaded<List<LimitRow>>> limits() {
        return limits.state();
    }

    /// What limits do a second; one that is not there does nothing.
    public Value<Map<String, LimitRate>> rates() {
        return rates;
    }

    /// Why rates do not come, if they do not.
    public Value<Optional<String>> liveProblem() {
        return liveProblem;
    }

    /// Changes that are not applied yet, in the order in which they will be.
    public Value<List<Staged>> staged() {
        return staged;
    }

    public LimitTrial trial() {
        return trial;
    }

    public Clock clock() {
        return workspace.clock();
    }

    /// Asks for the limits again.
    public void refresh() {
        limits.load(() -> workspace.api().limits().limits());
    }

    /// What the limit would do that was last asked about.
    public Value<Loaded<Outlook>> outlook() {
        return outlook.state();
    }

    /// Asks what a form would do now; one that is not good has no outlook.
    public void preview(LimitForm form) {
        form.wish().ifPresentOrElse(wish -> outlook.load(() -> outlook(form.name(), wish)), outlook::clear);
    }

    private Outlook outlook(String name, LimitWish wish) {
        var change = workspace.api().putLimit(name, wish, Change.DRY_RUN);
        return new Outlook(
                change.preview(),
                Census.blast(workspace.api(), change.preview().matching()),
                Optional.ofNullable(change.before()));
    }

    /// Stages a limit, new or changed, instead of what was staged for its name.
    ///
    /// @param preview as a dry run told it
    public void stage(String name, LimitWish wish, PreviewView preview) {
        stage(new Staged(name, Optional.of(wish), preview));
    }

    /// Stages that a limit goes.
    public void stageRemoval(String name) {
        stage(new Staged(name, Optional.empty(), new PreviewView(0, 0, List.of())));
    }

    private void stage(Staged change) {
        staged.update(before -> {
            List<Staged> next = new ArrayList<>(before);
            next.removeIf(each -> each.name().equals(change.name()));
            next.add(change);
            return List.copyOf(next);
        });
    }

    public void unstage(String name) {
        staged.update(before ->
                before.stream().filter(each -> !each.name().equals(name)).toList());
    }

    /// Proposes to apply what is staged, all or nothing. Blocks for dry runs.
    ///
    /// @param after when it is taken back unless it is kept; empty if it is there to stay
    public Proposal apply(Optional<Duration> after) {
        List<Staged> changes = staged.get();
        if (changes.isEmpty()) {
            throw new AdminException(AdminException.Kind.INVALID, Messages.text("limits.apply.nothing"));
        }
        List<Step> steps = steps(changes);
        List<Proposal.Parameter> parameters = new ArrayList<>();
        long touched = 0;
        for (Staged change : changes) {
            parameters.add(new Proposal.Parameter(change.name(), describe(change)));
            if (change.wish().isPresent()) {
                Outlook now = outlook(change.name(), change.wish().get());
                boolean enforced = change.wish().get().mode() != LimitMode.DRY_RUN;
                touched = Math.max(touched, enforced ? now.preview().matching() : 0);
            }
        }
        List<String> warnings = new ArrayList<>();
        after.ifPresent(time -> {
            parameters.add(new Proposal.Parameter(Messages.text("limits.apply.timer"), Times.span(time)));
            List<String> unguarded = steps.stream()
                    .filter(step -> !step.endsByItself())
                    .map(Step::name)
                    .toList();
            if (!unguarded.isEmpty()) {
                warnings.add(Messages.text("limits.apply.unguarded", String.join(", ", unguarded)));
            }
        });
        Blast blast = Census.blast(workspace.api(), touched);
        return new Proposal(
                "limit_rule.put",
                Messages.text("limits.apply.title", changes.size()),
                Census.risk(blast, Risk.CONFIRM),
                Role.OPERATOR,
                parameters,
                Optional.of(blast),
                warnings,
                reason -> perform(changes, steps, reason, after));
    }

    private List<Step> steps(List<Staged> changes) {
        Map<String, LimitRow> now = new HashMap<>();
        workspace.api().limits().limits().forEach(row -> now.put(row.name(), row));
        return changes.stream()
                .filter(change -> change.wish().isPresent() || now.containsKey(change.name()))
                .map(change -> Step.of(change, now.get(change.name())))
                .toList();
    }

    private static String describe(Staged change) {
        return change.wish().map(LimitTexts::rule).orElseGet(() -> Messages.text("limits.removed"));
    }

    private Outcome perform(List<Staged> changes, List<Step> steps, String reason, Optional<Duration> after) {
        trial.start(steps, reason, after);
        staged.update(
                now -> now.stream().filter(each -> !changes.contains(each)).toList());
        refresh();
        return new Outcome(
                after.map(time -> Messages.text("limits.applied.trial", changes.size(), Times.span(time)))
                        .orElseGet(() -> Messages.text("limits.applied", changes.size())),
                Optional.of(new Undo(Messages.text("limits.undo"), _ -> undo(steps))));
    }

    private Outcome undo(List<Step> steps) {
        if (trial.running().get().isPresent()) {
            trial.revert(Messages.text("bans.undo.reason"));
            trial.running().get().flatMap(LimitTrial.Running::problem).ifPresent(problem -> {
                throw new AdminException(AdminException.Kind.UNAVAILABLE, problem);
            });
        } else {
            Change change = Change.because(Messages.text("bans.undo.reason"));
            steps.reversed().forEach(step -> step.undo(workspace.api(), change, clock().instant()));
        }
        refresh();
        return new Outcome(Messages.text("limits.trial.reverted"), Optional.empty());
    }

    /// Proposes that what is on trial stays.
    public Proposal keep() {
        List<String> names =
                trial.running().get().map(LimitTrial.Running::names).orElse(List.of());
        return new Proposal(
                "limit_rule.put",
                Messages.text("limits.keep", String.join(", ", names)),
                Risk.UNDOABLE,
                Role.OPERATOR,
                List.of(),
                Optional.empty(),
                List.of(),
                reason -> {
                    trial.keep(reason.isBlank() ? Messages.text("limits.keep.reason") : reason);
                    refresh();
                    return new Outcome(Messages.text("limits.kept", String.join(", ", names)), Optional.empty());
                });
    }

    /// Takes back at once what is on trial: no proposal, since it leads back to what was there.
    public void revertNow() {
        var _ = workspace.background().call(() -> {
            trial.revert(Messages.text("limits.revert.reason"));
            refresh();
            return true;
        });
    }

    /// The page is in sight.
    @Override
    public synchronized void shown() {
        if (watches.isEmpty()) {
            watches.add(workspace.background().every(EVERY, this::refresh));
            watches.add(workspace.live().watch(StreamWish.of(Topic.LIMITS), new Rates()));
            watches.add(workspace.journal().entries().listen(_ -> refresh()));
        }
    }

    /// The page is out of sight: only a trial that goes on still asks the cluster.
    @Override
    public synchronized void hidden() {
        watches.forEach(Watch::close);
        watches.clear();
        limits.cancel();
        rates.set(Map.of());
    }

    @Override
    public void close() {
        hidden();
        outlook.close();
        trial.close();
    }

    private final class Rates implements LiveFeed.Listener {

        @Override
        public void onMessage(StreamMessage message) {
            if (message instanceof LimitsMessage now) {
                Map<String, LimitRate> byName = new HashMap<>();
                now.limits().forEach(rate -> byName.put(rate.name(), rate));
                rates.set(Map.copyOf(byName));
                liveProblem.set(Optional.empty());
            } else if (message instanceof TopicProblem problem) {
                liveProblem.set(Optional.of(problem.message()));
            }
        }

        @Override
        public void onInterrupted(AdminException cause) {
            rates.set(Map.of());
            liveProblem.set(Optional.of(cause.sentence()));
        }

        @Override
        public void onEnd(AdminException cause) {
            onInterrupted(cause);
        }
    }
}
