package dev.heliograph.console.desktop.ui;

import javafx.scene.Parent;

/// One page of the console. All its methods are called on JavaFX's thread.
public interface Page extends AutoCloseable {

    /// Its nodes, always the same ones.
    Parent view();

    /// It has come into sight: from now on it may ask the cluster.
    default void shown() {}

    /// It is out of sight: it must not cost the cluster anything any more.
    default void hidden() {}

    /// Where the keyboard goes first; `/` comes here, too.
    default void focus() {
        view().requestFocus();
    }

    /// The window closes or goes to another cluster.
    @Override
    default void close() {}
}
