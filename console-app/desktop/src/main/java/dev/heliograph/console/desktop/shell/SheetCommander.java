package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.action.Gate.Demand;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.runbook.RunbookException;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/// The way of a change:
///
/// ```
///  prepare ──▶ what does the gate demand?
///     │          ├─ refused ──▶ why; where arming helps, the offer to arm, and then on
///     │          ├─ nothing ──────────────┐
///     │          └─ confirmation, name ──▶ perform ──▶ journal, toast with undo
///     └─ failed ──▶ why, and another try ◀── failed
/// ```
///
/// What takes longer than 300 ms shows that it does, and can be given up.
public final class SheetCommander implements Commander {

    /// What is answered within it needs no sign of waiting.
    private static final Duration AT_ONCE = Duration.millis(300);

    private static final System.Logger LOG = System.getLogger(SheetCommander.class.getName());

    private final Workspace workspace;
    private final Sheets sheets;
    private final Toasts toasts;
    private final Set<Undo> undone = Collections.newSetFromMap(new IdentityHashMap<>());

    public SheetCommander(Workspace workspace, Sheets sheets, Toasts toasts) {
        this.workspace = workspace;
        this.sheets = sheets;
        this.toasts = toasts;
    }

    @Override
    public void offer(String what, Callable<Proposal> preparation) {
        Fx.checkThread();
        waiting(
                what,
                "",
                workspace.background().call(preparation),
                this::consider,
                failure -> fail(what, failure, () -> offer(what, preparation)));
    }

    /// Takes something back, once.
    void undo(Proposal done, Undo undo) {
        Fx.checkThread();
        if (undone.contains(undo)) {
            return;
        }
        consider(
                new Proposal(
                        done.action(),
                        undo.title(),
                        Risk.UNDOABLE,
                        done.role(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        undo.work()),
                () -> undone.add(undo));
    }

    boolean isUndone(Undo undo) {
        return undone.contains(undo);
    }

    private void consider(Proposal proposal) {
        consider(proposal, () -> {});
    }

    private void consider(Proposal proposal, Runnable afterwards) {
        switch (workspace.gate().demandOf(proposal)) {
            case Demand.Refused(String why, boolean armable) -> {
                if (armable) {
                    offerToArm(Optional.of(proposal.title()), () -> consider(proposal, afterwards));
                } else {
                    sheets.show(MessageSheet.refused(sheets, text("shell.refused", proposal.title()), why));
                }
            }
            case Demand.Nothing() -> perform(proposal, afterwards);
            case Demand.Confirmation() -> confirm(proposal, Optional.empty(), afterwards);
            case Demand.TypedName(String name) -> confirm(proposal, Optional.of(name), afterwards);
        }
    }

    /// Asks for how long the console is to be armed.
    void offerToArm(Optional<String> wanted, Runnable armed) {
        sheets.show(new ArmSheet(sheets, workspace.gate(), workspace.cluster(), wanted, armed));
    }

    private void perform(Proposal proposal, Runnable afterwards) {
        waiting(
                proposal.title(),
                text("shell.progress.note"),
                workspace.background().call(() -> proposal.work().perform("")),
                outcome -> done(proposal, outcome, afterwards),
                failure -> fail(text("shell.failed", proposal.title()), failure, () -> consider(proposal, afterwards)));
    }

    private void confirm(Proposal proposal, Optional<String> name, Runnable afterwards) {
        sheets.show(new Confirmation(proposal, name, afterwards).sheet);
    }

    private void done(Proposal proposal, Outcome outcome, Runnable afterwards) {
        afterwards.run();
        if (proposal.risk() != Risk.READ) {
            workspace.journal().add(proposal, outcome);
        }
        toasts.done(outcome.sentence(), outcome.undo().map(undo -> () -> undo(proposal, undo)));
    }

    /// Waits for it, with a sheet if it takes long. What is given up ends without a word.
    private <T> void waiting(
            String what,
            String note,
            CompletableFuture<T> work,
            Consumer<? super T> done,
            Consumer<? super Throwable> failed) {
        ProgressSheet sheet = new ProgressSheet(what, note, () -> work.cancel(true));
        PauseTransition pause = new PauseTransition(AT_ONCE);
        pause.setOnFinished(_ -> {
            if (!work.isDone()) {
                sheets.show(sheet);
            }
        });
        pause.play();
        Runnable end = () -> {
            pause.stop();
            sheets.close(sheet);
        };
        Fx.then(
                work,
                result -> {
                    end.run();
                    done.accept(result);
                },
                failure -> {
                    end.run();
                    if (!(failure instanceof CancellationException)) {
                        failed.accept(failure);
                    }
                });
    }

    private void fail(String what, Throwable failure, Runnable again) {
        sheets.show(MessageSheet.failed(sheets, what, sentence(failure), Optional.of(again)));
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof AdminException e) {
            return e.sentence();
        }
        if (failure instanceof RunbookException e) {
            return e.sentence();
        }
        LOG.log(Level.ERROR, "unexpected", failure);
        return text("shell.error.unexpected", failure.toString());
    }

    /// One confirmation from its sheet to its end.
    private final class Confirmation {

        private final Proposal proposal;
        private final Runnable afterwards;
        private final ConfirmSheet sheet;
        private Optional<CompletableFuture<Outcome>> running = Optional.empty();

        Confirmation(Proposal proposal, Optional<String> name, Runnable afterwards) {
            this.proposal = proposal;
            this.afterwards = afterwards;
            this.sheet = new ConfirmSheet(proposal, name, this::perform, this::giveUp);
        }

        void perform(String reason) {
            // The time of being armed may have ended while the sheet was read.
            if (workspace.gate().demandOf(proposal) instanceof Demand.Refused(String why, boolean armable)) {
                sheet.failed(why, false);
                if (armable) {
                    offerToArm(Optional.of(proposal.title()), () -> {});
                }
                return;
            }
            CompletableFuture<Outcome> work =
                    workspace.background().call(() -> proposal.work().perform(reason));
            running = Optional.of(work);
            Fx.then(
                    work,
                    outcome -> {
                        sheets.close(sheet);
                        done(proposal, outcome, afterwards);
                    },
                    failure -> {
                        running = Optional.empty();
                        if (failure instanceof CancellationException) {
                            sheet.failed(text("shell.confirm.stopped"), true);
                        } else {
                            sheet.failed(sentence(failure), failure instanceof AdminException e && e.maybeDone());
                        }
                    });
        }

        void giveUp() {
            running.ifPresentOrElse(work -> work.cancel(true), () -> sheets.close(sheet));
        }
    }
}
