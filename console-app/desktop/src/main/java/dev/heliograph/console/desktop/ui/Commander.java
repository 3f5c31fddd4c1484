package dev.heliograph.console.desktop.ui;

import dev.heliograph.console.action.Proposal;
import java.util.concurrent.Callable;

/// Takes an operator's wish all the way: prepares the proposal in the background (a dry run, mostly), shows what its
/// risk demands,
/// performs it, tells the outcome with its undo, and keeps it in the journal. On JavaFX's thread.
public interface Commander {

    /// Prepares a change, and goes on with it as the operator decides.
    ///
    /// @param what        is being prepared, for what is shown while it takes time
    /// @param preparation makes the proposal; called on a background thread, may throw
    ///                    [dev.heliograph.console.api.AdminException] or
    ///                    [dev.heliograph.runbook.RunbookException], whose sentence is shown
    void offer(String what, Callable<Proposal> preparation);
}
