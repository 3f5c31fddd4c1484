package dev.heliograph.console.runbook.run;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Proposal.Work;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.runbook.ActionCall;
import dev.heliograph.console.runbook.Check;
import dev.heliograph.console.runbook.Runbook;
import dev.heliograph.console.runbook.RunbookException;
import dev.heliograph.console.runbook.Step;
import dev.heliograph.console.runbook.StepClass;
import dev.heliograph.console.runbook.Values;
import dev.heliograph.console.runbook.action.CheckResult;
import dev.heliograph.console.runbook.action.Reading;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Value;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// A runbook that is being worked through.
///
/// Threadsafe. Each entry of its transcript is kept before it is seen in the state; if it cannot be kept, the state
/// says
/// so and the run goes on: what is on fire does not wait for a disk. Methods that ask the cluster block, and throw
/// [AdminException] or [RunbookException].
public final class RunbookRun implements AutoCloseable {

    /// A check asks the cluster, and what it waits for takes seconds.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Runbook runbook;
    private final Tools tools;
    private final String who;
    private final Value<RunState> state;
    private final ReentrantLock order = new ReentrantLock();
    private volatile boolean closed;

    private RunbookRun(Runbook runbook, Tools tools, String who, Transcript transcript) {
        this.runbook = runbook;
        this.tools = tools;
        this.who = who;
        this.state = new Value<>(RunState.of(runbook, transcript));
    }

    /// Begins a run.
    ///
    /// @param who    works through it, for the transcript
    /// @param labels of the alert that it is for; empty without one
    /// @throws UncheckedIOException if no transcript can be kept
    public static RunbookRun begin(
            Runbook runbook, Tools tools, String cluster, String who, Map<String, String> labels) {
        Transcript transcript = tools.store()
                .begin(runbook.id(), runbook.title(), cluster, tools.clock().instant(), labels);
        RunbookRun run = new RunbookRun(runbook, tools, who, transcript);
        String filled = run.values().all().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " = " + each.getValue())
                .collect(Collectors.joining(", "));
        run.record(Entry.Kind.BEGUN, "", filled);
        return run;
    }

    /// Goes on with a run, as its transcript left it.
    public static RunbookRun resume(Runbook runbook, Tools tools, String who, Transcript transcript) {
        RunbookRun run = new RunbookRun(runbook, tools, who, transcript);
        for (Step step : runbook.steps()) {
            if (run.state.get().step(step.id()) == StepState.VERIFYING) {
                run.verifyLater(step);
            }
        }
        return run;
    }

    public Value<RunState> state() {
        return state;
    }

    public Runbook runbook() {
        return runbook;
    }

    private Values values() {
        return state.get().values();
    }

    /// Gives a variable a value.
    ///
    /// @throws RunbookException if it is none of its type
    public void set(String variable, String value) {
        Values next = values().with(variable, value.strip());
        if (!next.equals(values())) {
            record(Entry.Kind.SET, variable, value.strip());
        }
    }

    /// Does a step that looks, for the transcript.
    public Reading look(String id) {
        Step step = step(id);
        try {
            Reading reading = glance(id);
            record(Entry.Kind.LOOKED, id, reading.sentence());
            verifyLater(step);
            return reading;
        } catch (AdminException e) {
            record(Entry.Kind.FAILED, id, e.sentence());
            throw e;
        }
    }

    /// What a step that looks sees now; nothing is written down.
    public Reading glance(String id) {
        Step step = step(id);
        return tools.looks().look(step.action().kind(), step.action().fill(values()));
    }

    /// A step that changes something, ready to be done.
    public Proposal propose(String id) {
        Step step = step(id);
        Proposal proposal = propose(step, step.action());
        List<String> warnings = new ArrayList<>(proposal.warnings());
        look(step.before()).forEach((check, result) -> {
            if (!result.holds()) {
                warnings.add(Messages.text("runbooks.before", check.preview(values()), result.sentence()));
            }
        });
        boolean destroys =
                step.stepClass() == StepClass.DESTROY && proposal.risk().compareTo(Risk.CONFIRM) < 0;
        return new Proposal(
                proposal.action(),
                proposal.title(),
                destroys ? Risk.CONFIRM : proposal.risk(),
                proposal.role(),
                proposal.parameters(),
                proposal.blast(),
                warnings,
                reason -> perform(step, proposal.work(), reason));
    }

    /// What takes a step back, ready to be done.
    ///
    /// @throws RunbookException if nothing does
    public Proposal proposeUndo(String id) {
        Step step = step(id);
        ActionCall undo =
                step.undo().orElseThrow(() -> new RunbookException(Messages.text("runbooks.no-undo", step.noUndo())));
        Proposal proposal = propose(step, undo);
        return new Proposal(
                proposal.action(),
                proposal.title(),
                proposal.risk(),
                proposal.role(),
                proposal.parameters(),
                proposal.blast(),
                proposal.warnings(),
                reason -> takeBack(step, proposal.work(), reason));
    }

    private Proposal propose(Step step, ActionCall call) {
        return tools.actions().propose(call.kind(), call.fill(values()), because(step));
    }

    /// Does a step without asking, and waits until what it promises is so: for drills and the like.
    ///
    /// @return how it ended
    /// @throws RunbookException if what must hold before it does not
    public StepState perform(String id) throws InterruptedException {
        Step step = step(id);
        for (Map.Entry<Check, CheckResult> each : look(step.before()).entrySet()) {
            if (!each.getValue().holds()) {
                throw new RunbookException(Messages.text(
                        "runbooks.before",
                        each.getKey().preview(values()),
                        each.getValue().sentence()));
            }
        }
        if (step.stepClass() == StepClass.READ) {
            record(Entry.Kind.LOOKED, id, glance(id).sentence());
        } else {
            done(step, propose(step, step.action()).work(), because(step));
        }
        verify(step);
        return state.get().step(id);
    }

    /// Leaves a step out.
    public void skip(String id, String reason) {
        Step step = step(id);
        if (reason.isBlank()) {
            throw new RunbookException(Messages.text("runbooks.skip.reason"));
        }
        record(Entry.Kind.SKIPPED, step.id(), reason.strip());
    }

    /// Writes something down.
    public void note(String text) {
        if (!text.isBlank()) {
            record(Entry.Kind.NOTE, "", text.strip());
        }
    }

    /// Closes the run; the transcript stays.
    ///
    /// @param summary of how it ended; may be empty
    public void finish(String summary) {
        record(Entry.Kind.FINISHED, "", summary.strip());
    }

    /// Looks at all checks whose variables have values, and shows them in the state.
    public void lookAround() {
        List<Check> ready = runbook.steps().stream()
                .flatMap(step -> step.checks().stream())
                .filter(check -> values().all().keySet().containsAll(check.variables()))
                .toList();
        look(ready);
    }

    private Map<Check, CheckResult> look(List<Check> checks) {
        Values values = values();
        Map<Check, CheckResult> seen = new LinkedHashMap<>();
        checks.forEach(check -> seen.put(check, tools.sight().look(check, values)));
        state.update(before -> before.with(seen));
        return seen;
    }

    private Outcome perform(Step step, Work work, String reason) {
        Outcome outcome = done(step, work, reason.isBlank() ? because(step) : reason);
        verifyLater(step);
        return new Outcome(
                outcome.sentence(),
                outcome.undo().map(undo -> new Undo(undo.title(), why -> takeBack(step, undo.work(), why))));
    }

    private Outcome done(Step step, Work work, String reason) {
        try {
            Outcome outcome = work.perform(reason);
            record(Entry.Kind.DONE, step.id(), outcome.sentence());
            return outcome;
        } catch (AdminException e) {
            record(Entry.Kind.FAILED, step.id(), e.sentence());
            throw e;
        }
    }

    private Outcome takeBack(Step step, Work work, String reason) {
        Outcome outcome = work.perform(reason.isBlank() ? because(step) : reason);
        record(Entry.Kind.UNDONE, step.id(), outcome.sentence());
        return new Outcome(outcome.sentence(), Optional.empty());
    }

    private void verifyLater(Step step) {
        if (!step.after().isEmpty()) {
            var _ = tools.background().call(() -> {
                verify(step);
                return true;
            });
        }
    }

    private void verify(Step step) throws InterruptedException {
        if (step.after().isEmpty()) {
            return;
        }
        Instant end = tools.clock().instant().plus(step.timeout());
        while (!closed && state.get().step(step.id()) == StepState.VERIFYING) {
            Map<Check, CheckResult> seen = look(step.after());
            if (seen.values().stream().allMatch(CheckResult::holds)) {
                recordVerdict(Entry.Kind.VERIFIED, step, seen);
            } else if (!tools.clock().instant().isBefore(end)) {
                recordVerdict(Entry.Kind.UNVERIFIED, step, seen);
            } else {
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    /// Unless the step was taken back or skipped meanwhile.
    private void recordVerdict(Entry.Kind kind, Step step, Map<Check, CheckResult> seen) {
        order.lock();
        try {
            if (state.get().step(step.id()) == StepState.VERIFYING) {
                record(kind, step.id(), sentence(seen));
            }
        } finally {
            order.unlock();
        }
    }

    private String sentence(Map<Check, CheckResult> seen) {
        return seen.entrySet().stream()
                .map(each -> Messages.text(
                        "runbooks.seen",
                        each.getKey().preview(values()),
                        each.getValue().sentence()))
                .collect(Collectors.joining("; "));
    }

    private String because(Step step) {
        return Messages.text("runbooks.because", runbook.id(), step.id());
    }

    private Step step(String id) {
        return runbook.step(id).orElseThrow(() -> new RunbookException(Messages.text("runbooks.no-step", id)));
    }

    private void record(Entry.Kind kind, String subject, String text) {
        order.lock();
        try {
            Entry entry = new Entry(tools.clock().instant().truncatedTo(ChronoUnit.MILLIS), who, kind, subject, text);
            Optional<String> unkept = Optional.empty();
            try {
                tools.store().append(state.get().transcript().id(), entry);
            } catch (UncheckedIOException e) {
                unkept = Optional.of(String.valueOf(e.getCause()));
            }
            Optional<String> problem = unkept;
            state.update(before -> before.with(entry).withUnkept(problem));
        } finally {
            order.unlock();
        }
    }

    /// Looks no more; the transcript stays, and the run can be resumed.
    @Override
    public void close() {
        closed = true;
    }
}
