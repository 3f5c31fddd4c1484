package dev.heliograph.console.desktop.ui.table;

import dev.heliograph.console.desktop.ui.Status;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Pos;

/// A column of a [LiveTable]: where its values come from and how they look. Immutable.
///
/// A cell is written anew only if its value is another one. So the value should be what is shown, as a number or a
/// record, and not change without being seen.
///
/// @param id         for layouts and sort choices
/// @param title      as the operator reads it
/// @param value      of a row; called for rows in sight only
/// @param text       of a value, also in what is copied
/// @param status     of a value, if the cell is to show icon, word and colour
/// @param alignment  of title and cells
/// @param width      at first, in pixels
/// @param grows      takes the room that is left over
/// @param sortable   by a click on the title
/// @param descending whether the first click asks for the most first
/// @param shown      at first, or only if the operator wants it
public record LiveColumn<V, T>(
        String id,
        String title,
        Function<? super V, ? extends T> value,
        Function<? super T, String> text,
        Optional<Function<? super T, Status>> status,
        Pos alignment,
        double width,
        boolean grows,
        boolean sortable,
        boolean descending,
        boolean shown) {

    private static final double WIDTH = 120;

    /// Text, to the left.
    public static <V> LiveColumn<V, String> text(String id, String title, Function<? super V, String> value) {
        return new LiveColumn<>(
                id,
                title,
                value,
                Function.identity(),
                Optional.empty(),
                Pos.CENTER_LEFT,
                WIDTH,
                false,
                false,
                false,
                true);
    }

    /// A number or another measure, to the right; the most first.
    public static <V, T> LiveColumn<V, T> measure(
            String id, String title, Function<? super V, ? extends T> value, Function<? super T, String> text) {
        return new LiveColumn<>(
                id, title, value, text, Optional.empty(), Pos.CENTER_RIGHT, WIDTH, false, false, true, true);
    }

    /// A state as icon, word and colour.
    public static <V> LiveColumn<V, Status> status(String id, String title, Function<? super V, Status> value) {
        return new LiveColumn<>(
                id,
                title,
                value,
                Status::word,
                Optional.of(Function.identity()),
                Pos.CENTER_LEFT,
                WIDTH,
                false,
                false,
                false,
                true);
    }

    public LiveColumn<V, T> width(double next) {
        return new LiveColumn<>(id, title, value, text, status, alignment, next, grows, sortable, descending, shown);
    }

    /// Takes the room that is left over.
    public LiveColumn<V, T> growing() {
        return new LiveColumn<>(id, title, value, text, status, alignment, width, true, sortable, descending, shown);
    }

    /// Can be sorted by.
    public LiveColumn<V, T> sorts() {
        return new LiveColumn<>(id, title, value, text, status, alignment, width, grows, true, descending, shown);
    }

    /// Only if the operator wants it.
    public LiveColumn<V, T> hidden() {
        return new LiveColumn<>(id, title, value, text, status, alignment, width, grows, sortable, descending, false);
    }

    /// What the cell of a row reads.
    String textOf(V row) {
        return text.apply(value.apply(row));
    }
}
