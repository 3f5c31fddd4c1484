package dev.heliograph.console.desktop.ui;

import java.util.List;
import javafx.scene.Parent;

/// One page of the console. All its methods are called on JavaFX's thread.
public interface Page extends AutoCloseable {

    /// Its nodes, always the same ones.
    Parent view();

    /// It has come into sight: from now on it may ask the cluster.
    default void shown() {}

    /// It is out of sight: it must not cost the cluster anything any more.
    default void hidden() {}

    /// Where the keyboard goes first. Not into a field: there the keys of the page would be letters.
    default void focus() {
        view().requestFocus();
    }

    /// Where `/` goes: to the field that looks for something, if there is one.
    default void search() {
        focus();
    }

    /// What can be done on it, with keys; always the same ones. They are in force while it is in sight. Ctrl
    /// with
    /// a letter or digit is the application's, a letter alone is the page's.
    default List<Action> actions() {
        return List.of();
    }

    /// The window closes or goes to another cluster.
    @Override
    default void close() {}
}
