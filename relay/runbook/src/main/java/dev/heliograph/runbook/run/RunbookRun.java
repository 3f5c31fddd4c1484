package dev.heliograph.runbook.run;

import dev.heliograph.runbook.ActionCall;
import dev.heliograph.runbook.Check;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.StepClass;
import dev.heliograph.runbook.Template;
import dev.heliograph.runbook.Values;
import dev.heliograph.runbook.run.Change.Done;
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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A runbook that is being worked through.
///
/// Threadsafe. Each entry of its transcript is kept before it is seen in the state; if it cannot be kept, the
/// state
/// says so and the run goes on: what is on fire does not wait for a disk. Methods that ask the cluster block,
/// and throw
/// as [Tools] says.
public final class RunbookRun implements AutoCloseable {

    /// A check asks the cluster, and what it waits for takes seconds.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Runbook runbook;
    private final RunContext context;
    private final String who;

    /// Guards changes of the state, and their order in the transcript.
    private final ReentrantLock order = new ReentrantLock();

    private volatile RunState state;
    private Consumer<RunState> listener = _ -> {};
    private volatile boolean closed;

    private RunbookRun(Runbook runbook, RunContext context, String who, Transcript transcript) {
        this.runbook = runbook;
        this.context = context;
        this.who = who;
        this.state = RunState.of(runbook, transcript);
    }

    /// Begins a run.
    ///
    /// @param who    works through it, for the transcript
    /// @param labels of the alert that it is for; empty without one
    /// @throws UncheckedIOException if no transcript can be kept
    public static RunbookRun begin(
            Runbook runbook, RunContext context, String cluster, String who, Map<String, String> labels) {
        Transcript transcript = context.store()
                .begin(runbook.id(), runbook.title(), cluster, context.clock().instant(), labels);
        RunbookRun run = new RunbookRun(runbook, context, who, transcript);
        String filled = run.values().all().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " = " + each.getValue())
                .collect(Collectors.joining(", "));
        run.record(Entry.Kind.BEGUN, "", filled);
        return run;
    }

    /// Goes on with a run, as its transcript left it.
    public static RunbookRun resume(Runbook runbook, RunContext context, String who, Transcript transcript) {
        RunbookRun run = new RunbookRun(runbook, context, who, transcript);
        for (Step step : runbook.steps()) {
            if (run.state.step(step.id()) == StepState.VERIFYING) {
                run.verifyLater(step);
            }
        }
        return run;
    }

    /// How it is now.
    public RunState state() {
        return state;
    }

    /// Tells how it is now, and from then on after each change, in their order; instead of who was told before.
    /// It is
    /// not to call the run.
    public void follow(Consumer<RunState> told) {
        order.lock();
        try {
            listener = told;
            told.accept(state);
        } finally {
            order.unlock();
        }
    }

    public Runbook runbook() {
        return runbook;
    }

    private Values values() {
        return state.values();
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
        Reading reading = seen(step);
        verifyLater(step);
        return reading;
    }

    private Reading seen(Step step) {
        try {
            Reading reading = glance(step.id());
            record(Entry.Kind.LOOKED, step.id(), reading.sentence());
            return reading;
        } catch (RuntimeException e) {
            throw failed(step, e);
        }
    }

    /// What a step that looks sees now; nothing is written down.
    public Reading glance(String id) {
        Step step = step(id);
        return context.tools().look(step.action().kind(), step.action().fill(values()));
    }

    /// A step that changes something, ready to be done.
    public Prepared prepare(String id) {
        Step step = step(id);
        Change change = propose(step, step.action());
        return new Prepared(step, change, unmet(step));
    }

    /// What takes a step back, ready to be done.
    ///
    /// @throws RunbookException if nothing does
    public Prepared prepareUndo(String id) {
        Step step = step(id);
        ActionCall undo =
                step.undo().orElseThrow(() -> new RunbookException("This step cannot be taken back. " + step.noUndo()));
        return new Prepared(step, propose(step, undo), List.of());
    }

    private Change propose(Step step, ActionCall call) {
        return context.tools().propose(call.kind(), call.fill(values()), because(step));
    }

    /// Why a step is not needed now, if so.
    public Optional<String> needless(String id) {
        Map<Check, CheckResult> seen = look(step(id).when());
        return seen.values().stream().allMatch(CheckResult::holds)
                ? Optional.empty()
                : Optional.of("Not needed: " + sentence(seen));
    }

    /// Sentences on what must hold before a step and does not.
    private List<String> unmet(Step step) {
        List<String> sentences = new ArrayList<>();
        look(step.before()).forEach((check, result) -> {
            if (!result.holds()) {
                sentences.add("The runbook expects %s before this step; it is %s."
                        .formatted(check.preview(values()), result.sentence()));
            }
        });
        return sentences;
    }

    /// Does what was prepared, and looks at the checks in the background.
    ///
    /// @param reason for the record; empty for the runbook and the step
    /// @throws RunbookException if the step is being done at this moment
    public Done carryOut(Prepared prepared, String reason) {
        Done done = done(prepared.step(), prepared.change(), reason);
        verifyLater(prepared.step());
        return done;
    }

    /// Takes a step back with what was prepared, or with what doing it has left for that.
    ///
    /// @param reason for the record; empty for the runbook and the step
    /// @throws RunbookException if the step is being done at this moment
    public Done takeBack(String id, Change undo, String reason) {
        return made(step(id), undo, reason, Entry.Kind.UNDONE, "Not taken back: ");
    }

    /// Does a step without asking, and waits until what it promises is so.
    ///
    /// @return how it ended; skipped if it is not needed
    /// @throws RunbookException if what must hold before it does not
    public StepState perform(String id) throws InterruptedException {
        Step step = step(id);
        Optional<String> needless = needless(id);
        if (needless.isPresent()) {
            skip(id, needless.get());
            return state.step(id);
        }
        if (step.stepClass() == StepClass.READ) {
            refuse(unmet(step));
            seen(step);
        } else {
            refuse(unmet(step));
            Change change;
            try {
                change = propose(step, step.action());
            } catch (RuntimeException e) {
                throw failed(step, e);
            }
            done(step, change, "");
        }
        verify(step);
        return state.step(id);
    }

    private static void refuse(List<String> unmet) {
        if (!unmet.isEmpty()) {
            throw new RunbookException(String.join(" ", unmet));
        }
    }

    /// Leaves a step out.
    ///
    /// @throws RunbookException without a reason
    public void skip(String id, String reason) {
        Step step = step(id);
        if (reason.isBlank()) {
            throw new RunbookException("Say why the step is skipped.");
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
        checks.forEach(check -> seen.put(check, measured(check, values)));
        update(before -> before.with(seen));
        return seen;
    }

    /// It throws nothing: why something could not be measured is in the result.
    private CheckResult measured(Check check, Values values) {
        try {
            double limit = Double.parseDouble(check.limit().fill(values));
            double measured = context.tools().measure(check.measure(), arguments(check, values));
            return new CheckResult(
                    check.comparison().test(measured, limit) ? CheckResult.Verdict.HOLDS : CheckResult.Verdict.FAILS,
                    measured,
                    "");
        } catch (RuntimeException e) {
            return new CheckResult(
                    CheckResult.Verdict.UNKNOWN, 0, context.tools().sentence(e));
        }
    }

    private static List<String> arguments(Check check, Values values) {
        List<String> filled = new ArrayList<>();
        List<Template> arguments = check.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            filled.add(check.measure().language(i).fill(arguments.get(i), values));
        }
        return filled;
    }

    private Done done(Step step, Change change, String reason) {
        return made(step, change, reason, Entry.Kind.DONE, "");
    }

    /// @param failed stands before the sentence of a failure
    private Done made(Step step, Change change, String reason, Entry.Kind kind, String failed) {
        begin(step);
        try {
            Done done = change.make(reason, words -> tell(step, Optional.of(words)));
            record(kind, step.id(), done.sentence());
            return done;
        } catch (RuntimeException e) {
            throw failed(step, failed, e);
        } finally {
            tell(step, Optional.empty());
        }
    }

    private void begin(Step step) {
        order.lock();
        try {
            if (state.isRunning(step.id())) {
                throw new RunbookException("This step is being done already.");
            }
            tell(step, Optional.of(""));
        } finally {
            order.unlock();
        }
    }

    private void tell(Step step, Optional<String> words) {
        update(before -> before.withRunning(step.id(), words));
    }

    private RuntimeException failed(Step step, RuntimeException failure) {
        return failed(step, "", failure);
    }

    private RuntimeException failed(Step step, String before, RuntimeException failure) {
        record(Entry.Kind.FAILED, step.id(), before + context.tools().sentence(failure));
        return failure;
    }

    private void verifyLater(Step step) {
        if (!step.after().isEmpty()) {
            context.background().execute(() -> {
                try {
                    verify(step);
                } catch (InterruptedException _) {
                    // The program ends; the transcript says that the step was done.
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private void verify(Step step) throws InterruptedException {
        if (step.after().isEmpty()) {
            return;
        }
        Instant end = context.clock().instant().plus(step.timeout());
        while (!closed && state.step(step.id()) == StepState.VERIFYING) {
            Map<Check, CheckResult> seen = look(step.after());
            if (seen.values().stream().allMatch(CheckResult::holds)) {
                recordVerdict(Entry.Kind.VERIFIED, step, seen);
            } else if (!context.clock().instant().isBefore(end)) {
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
            if (state.step(step.id()) == StepState.VERIFYING) {
                record(kind, step.id(), sentence(seen));
            }
        } finally {
            order.unlock();
        }
    }

    private String sentence(Map<Check, CheckResult> seen) {
        return seen.entrySet().stream()
                .map(each -> each.getKey().preview(values()) + " (is "
                        + each.getValue().sentence() + ")")
                .collect(Collectors.joining("; "));
    }

    private String because(Step step) {
        return "runbook " + runbook.id() + ", step " + step.id();
    }

    private Step step(String id) {
        return runbook.step(id).orElseThrow(() -> new RunbookException("This runbook has no step " + id + "."));
    }

    private void record(Entry.Kind kind, String subject, String text) {
        order.lock();
        try {
            Entry entry = new Entry(context.clock().instant().truncatedTo(ChronoUnit.MILLIS), who, kind, subject, text);
            Optional<String> unkept = Optional.empty();
            try {
                context.store().append(state.transcript().id(), entry);
            } catch (UncheckedIOException e) {
                unkept = Optional.of(String.valueOf(e.getCause()));
            }
            Optional<String> problem = unkept;
            update(before -> before.with(entry).withUnkept(problem));
        } finally {
            order.unlock();
        }
    }

    private void update(UnaryOperator<RunState> change) {
        order.lock();
        try {
            state = change.apply(state);
            listener.accept(state);
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
