package dev.heliograph.console.desktop.runbooks;

import dev.heliograph.runbook.Step;

/// What the cards and buttons of a runbook ask of its page. On JavaFX's thread.
interface Deed {

    /// Does the step: looks, or proposes what it changes.
    void perform(Step step);

    /// Proposes what takes it back.
    void takeBack(Step step);

    /// Proposes to stop what is being done of it.
    void stop(Step step);

    /// Leaves it out.
    void skip(Step step, String reason);

    /// Brings its card into sight.
    void reveal(Step step);

    /// A link was clicked that leads out of the runbook.
    void open(String destination);
}
