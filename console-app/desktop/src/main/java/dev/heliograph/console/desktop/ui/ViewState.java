package dev.heliograph.console.desktop.ui;

import java.util.Optional;

/// How it stands with what a part of a page shows.
public sealed interface ViewState {

    /// There is something to show.
    record Ready() implements ViewState {}

    /// Something is awaited.
    ///
    /// @param what   as the operator reads it: "Reading connections"
    /// @param cancel if it can be given up
    record Loading(String what, Optional<Runnable> cancel) implements ViewState {}

    /// There is nothing.
    ///
    /// @param title what there is none of
    /// @param hint  what the operator can do about it
    /// @param step  the first thing to do, if the console can do it
    record Empty(String title, String hint, Optional<Step> step) implements ViewState {}

    /// It could not be had.
    ///
    /// @param sentence what happened and what to do
    /// @param retry    if it can be tried again
    record Failed(String sentence, Optional<Runnable> retry) implements ViewState {}

    /// A button.
    record Step(String text, Runnable run) {}

    static ViewState ready() {
        return new Ready();
    }

    static ViewState loading(String what, Runnable cancel) {
        return new Loading(what, Optional.of(cancel));
    }

    static ViewState empty(String title, String hint) {
        return new Empty(title, hint, Optional.empty());
    }

    static ViewState empty(String title, String hint, String step, Runnable run) {
        return new Empty(title, hint, Optional.of(new Step(step, run)));
    }

    static ViewState failed(String sentence, Runnable retry) {
        return new Failed(sentence, Optional.of(retry));
    }
}
