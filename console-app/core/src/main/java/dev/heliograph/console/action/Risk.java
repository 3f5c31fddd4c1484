package dev.heliograph.console.action;

/// How dangerous an action is: the ladder of what is demanded before it is done.
public enum Risk {
    /// Changes nothing; always done at once.
    READ,
    /// Done with a click, and undone with another.
    UNDOABLE,
    /// Done after its parameters and what it touches were shown and confirmed.
    CONFIRM,
    /// Done after the name of the cluster was typed as well.
    TYPE_NAME
}
