package dev.heliograph.console.runbooks;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.runbooks.RunbookTools.ProposedChange;
import dev.heliograph.console.runbooks.RunbooksState.Live;
import dev.heliograph.console.runbooks.RunbooksState.Shelf;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.PageModel;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.RunbookLibrary;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.StepClass;
import dev.heliograph.runbook.run.Change;
import dev.heliograph.runbook.run.Change.Done;
import dev.heliograph.runbook.run.Prepared;
import dev.heliograph.runbook.run.Reading;
import dev.heliograph.runbook.run.RunContext;
import dev.heliograph.runbook.run.RunbookRun;
import dev.heliograph.runbook.run.Timeline;
import dev.heliograph.runbook.run.Transcript;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The runbooks, and the one that is being worked through. Threadsafe.
///
/// A step that is done on this machine goes on while the page shows another run, or none; it is taken up again with its
/// run. Closing the model ends it.
public final class RunbooksModel implements PageModel {

    /// A check costs the cluster a list, and somebody waits for it.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// A step that went on by itself has ended.
    ///
    /// @param well whether it is done
    public record Ended(Instant at, String sentence, boolean well) {}

    private final Workspace workspace;
    private final Supplier<Optional<Path>> folder;
    private final RunContext context;
    private final Value<RunbooksState> state =
            new Value<>(new RunbooksState(Loaded.nothing(), Optional.empty(), Optional.empty()));
    private final LocalSteps local;
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by the lock.
    private Optional<RunbookRun> open = Optional.empty();

    /// Runs that were left while a step of them went on, by their transcript. Guarded by the lock.
    private final Map<String, RunbookRun> aside = new HashMap<>();

    private volatile Watch polling = () -> {};

    /// @param folder of the runbooks; see [RunbookFolder]
    public RunbooksModel(Workspace workspace, Supplier<Optional<Path>> folder, RunContext context) {
        this.workspace = workspace;
        this.folder = folder;
        this.context = context;
        this.local = new LocalSteps(workspace);
    }

    public Value<RunbooksState> state() {
        return state;
    }

    /// The last step that went on by itself and has ended, unless it was stopped.
    public Value<Optional<Ended>> ended() {
        return local.ended();
    }

    /// From now on it looks at the checks of the run that is open, until [#hidden].
    @Override
    public void shown() {
        hidden();
        polling = workspace.background().every(PAUSE, this::refresh);
    }

    @Override
    public void hidden() {
        polling.close();
        polling = () -> {};
    }

    /// Reads the runbooks and the transcripts again. Blocks.
    public void readShelf() {
        state.update(before -> new RunbooksState(before.shelf().asking(), before.run(), before.live()));
        Loaded<Shelf> read;
        try {
            Optional<Path> found = folder.get();
            RunbookLibrary library =
                    found.map(RunbookLibrary::read).orElseGet(() -> new RunbookLibrary(List.of(), List.of()));
            read = Loaded.of(new Shelf(
                    library.runbooks(), library.broken(), context.store().list()));
        } catch (UncheckedIOException e) {
            read = state.get().shelf().failed(Messages.text("runbooks.shelf.failed", String.valueOf(e.getCause())));
        }
        Loaded<Shelf> shelf = read;
        state.update(before -> new RunbooksState(shelf, before.run(), before.live()));
    }

    /// Looks at the checks and the live data of the run that is open. Blocks.
    public void refresh() {
        if (state.get().shelf().data().isEmpty()) {
            readShelf();
        }
        run().ifPresent(run -> {
            run.lookAround();
            state.get().live().ifPresent(live -> glance(run, live.step()));
        });
    }

    /// Begins to work through a runbook, instead of the one that is open, whose transcript stays.
    ///
    /// @param labels of the alert that it is for; empty without one
    public CompletableFuture<Boolean> begin(Runbook runbook, Map<String, String> labels) {
        return workspace.background().call(() -> {
            take(RunbookRun.begin(runbook, context, workspace.cluster(), operator(), labels));
            return true;
        });
    }

    /// Begins the runbook of an alert, filled in from its labels.
    ///
    /// @return whether there is one
    public CompletableFuture<Boolean> beginFor(
            String alert, Map<String, String> labels, Map<String, String> annotations) {
        return workspace.background().call(() -> {
            readShelf();
            Optional<Runbook> runbook = state.get()
                    .shelf()
                    .data()
                    .flatMap(
                            shelf -> new RunbookLibrary(shelf.runbooks(), shelf.broken()).forAlert(alert, annotations));
            runbook.ifPresent(each -> take(RunbookRun.begin(each, context, workspace.cluster(), operator(), labels)));
            return runbook.isPresent();
        });
    }

    /// Goes on with a run of before.
    public CompletableFuture<Boolean> resume(Transcript transcript) {
        return workspace.background().call(() -> {
            Runbook runbook = state.get()
                    .shelf()
                    .data()
                    .flatMap(shelf -> shelf.runbook(transcript.runbook()))
                    .orElseThrow(() -> new RunbookException(Messages.text("runbooks.gone", transcript.runbook())));
            take(aside(transcript).orElseGet(() -> RunbookRun.resume(runbook, context, operator(), transcript)));
            return true;
        });
    }

    private Optional<RunbookRun> aside(Transcript transcript) {
        lock.lock();
        try {
            return Optional.ofNullable(aside.remove(transcript.id()));
        } finally {
            lock.unlock();
        }
    }

    private void take(RunbookRun run) {
        lock.lock();
        try {
            leaveOpen();
            open = Optional.of(run);
            run.follow(next ->
                    state.update(before -> new RunbooksState(before.shelf(), Optional.of(next), before.live())));
        } finally {
            lock.unlock();
        }
        // What it looks at first is what its first step looks at.
        run.runbook().steps().stream()
                .filter(step -> step.stepClass() == StepClass.READ)
                .findFirst()
                .ifPresent(step -> watch(step.id()));
        run.lookAround();
    }

    /// Leaves the run that is open; it can be resumed. Blocks.
    public void leave() {
        lock.lock();
        try {
            leaveOpen();
        } finally {
            lock.unlock();
        }
        state.update(before -> new RunbooksState(before.shelf(), Optional.empty(), Optional.empty()));
        readShelf();
    }

    private void leaveOpen() {
        open.ifPresent(run -> {
            run.follow(_ -> {});
            if (local.isAnyOf(run)) {
                aside.put(run.state().transcript().id(), run);
            } else {
                run.close();
            }
        });
        open = Optional.empty();
        state.update(before -> new RunbooksState(before.shelf(), before.run(), Optional.empty()));
    }

    /// Shows live what a step sees. Blocks.
    public void watch(String step) {
        run().ifPresent(run -> {
            state.update(before -> new RunbooksState(
                    before.shelf(),
                    before.run(),
                    Optional.of(new Live(step, Loaded.<Reading>nothing().asking()))));
            glance(run, step);
        });
    }

    private void glance(RunbookRun run, String step) {
        UnaryOperator<Loaded<Reading>> change;
        try {
            Loaded<Reading> reading = Loaded.of(run.glance(step));
            change = _ -> reading;
        } catch (RunbookException e) {
            change = before -> before.failed(e.sentence());
        } catch (AdminException e) {
            change = before -> before.failed(e.sentence());
        }
        UnaryOperator<Loaded<Reading>> applied = change;
        state.update(before -> new RunbooksState(
                before.shelf(),
                before.run(),
                before.live()
                        .map(live -> live.step().equals(step) ? new Live(step, applied.apply(live.reading())) : live)));
    }

    /// Gives a variable a value.
    ///
    /// @throws RunbookException if it is none of its type
    public void set(String variable, String value) {
        current().set(variable, value);
        var _ = workspace.background().call(() -> {
            refresh();
            return true;
        });
    }

    /// Does a step that looks. Fails with [AdminException] or [RunbookException].
    public CompletableFuture<Boolean> look(String step) {
        RunbookRun run = current();
        return workspace.background().call(() -> {
            // Not inside the update: what it writes down changes the same state.
            Live live = new Live(step, Loaded.of(run.look(step)));
            state.update(before -> new RunbooksState(before.shelf(), before.run(), Optional.of(live)));
            return true;
        });
    }

    /// A step that changes something. One that is done on this machine goes on when its work has begun it, and the
    /// state tells how far it is. Blocks.
    public Proposal propose(String step) {
        RunbookRun run = current();
        Prepared prepared = run.prepare(step);
        Proposal proposal = proposal(prepared);
        boolean destroys = prepared.step().stepClass() == StepClass.DESTROY
                && proposal.risk().compareTo(Risk.CONFIRM) < 0;
        List<String> warnings = new ArrayList<>(proposal.warnings());
        warnings.addAll(prepared.unmet());
        return new Proposal(
                proposal.action(),
                proposal.title(),
                destroys ? Risk.CONFIRM : proposal.risk(),
                proposal.role(),
                proposal.parameters(),
                proposal.blast(),
                warnings,
                reason -> {
                    if (isHere(prepared)) {
                        return begin(run, prepared.step(), () -> run.carryOut(prepared, reason));
                    }
                    Done done = run.carryOut(prepared, reason);
                    return new Outcome(
                            done.sentence(),
                            done.undo().map(undo -> new Undo(undo.title(), why -> takeBack(run, step, undo, why))));
                });
    }

    private static Proposal proposal(Prepared prepared) {
        return proposed(prepared).proposal();
    }

    private static boolean isHere(Prepared prepared) {
        return proposed(prepared).here().isPresent();
    }

    private static ProposedChange proposed(Prepared prepared) {
        if (prepared.change() instanceof ProposedChange change) {
            return change;
        }
        throw new IllegalStateException("not of the console: " + prepared.change());
    }

    private Outcome begin(RunbookRun run, Step step, Runnable work) {
        local.begin(run, step, work);
        return new Outcome(Messages.text("runbooks.started", step.title()), Optional.empty());
    }

    /// What ends a step that is being done on this machine.
    ///
    /// @throws RunbookException if it is not
    public Proposal proposeStop(String step) {
        LocalSteps.Going going = local.find(current(), step)
                .orElseThrow(() -> new RunbookException(Messages.text("runbooks.not-going")));
        String title = going.step().title();
        return new Proposal(
                going.step().action().kind().operation(),
                Messages.text("runbooks.stop.title", title),
                Risk.CONFIRM,
                Role.OPERATOR,
                List.of(),
                Optional.empty(),
                List.of(Messages.text("runbooks.stop.warning")),
                _ -> {
                    if (!going.stop()) {
                        throw new RunbookException(Messages.text("runbooks.stop.slow"));
                    }
                    return new Outcome(Messages.text("runbooks.stop.done", title), Optional.empty());
                });
    }

    private static Outcome takeBack(RunbookRun run, String step, Change undo, String reason) {
        return new Outcome(run.takeBack(step, undo, reason).sentence(), Optional.empty());
    }

    /// What takes a step back. Blocks.
    public Proposal proposeUndo(String step) {
        RunbookRun run = current();
        Prepared prepared = run.prepareUndo(step);
        Proposal proposal = proposal(prepared);
        return new Proposal(
                proposal.action(),
                proposal.title(),
                proposal.risk(),
                proposal.role(),
                proposal.parameters(),
                proposal.blast(),
                proposal.warnings(),
                reason -> isHere(prepared)
                        ? begin(run, prepared.step(), () -> run.takeBack(step, prepared.change(), reason))
                        : takeBack(run, step, prepared.change(), reason));
    }

    /// Leaves a step out.
    ///
    /// @throws RunbookException without a reason
    public void skip(String step, String reason) {
        current().skip(step, reason);
    }

    public void note(String text) {
        current().note(text);
    }

    /// Closes the run; its transcript stays. Fails with [RunbookException] while a step is being done.
    public CompletableFuture<Boolean> finish(String summary) {
        RunbookRun run = current();
        return workspace.background().call(() -> {
            if (local.isAnyOf(run)) {
                throw new RunbookException(Messages.text("runbooks.finish.going"));
            }
            run.finish(summary);
            leave();
            return true;
        });
    }

    /// The timeline of a run, in Markdown.
    public String timeline(Transcript transcript) {
        return Timeline.markdown(
                transcript, state.get().shelf().data().flatMap(shelf -> shelf.runbook(transcript.runbook())));
    }

    private Optional<RunbookRun> run() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    private RunbookRun current() {
        return run().orElseThrow(() -> new RunbookException(Messages.text("runbooks.none-open")));
    }

    private String operator() {
        return workspace.link().get() instanceof LinkState.Live live
                ? live.who().name()
                : System.getProperty("user.name");
    }

    @Override
    public void close() {
        hidden();
        lock.lock();
        try {
            leaveOpen();
            aside.values().forEach(RunbookRun::close);
            aside.clear();
        } finally {
            lock.unlock();
        }
        local.close();
    }
}
