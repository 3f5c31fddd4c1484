package dev.heliograph.console.desktop.ui.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.scene.input.KeyCombination;

/// Something to do with the selected rows: an entry of the context menu, with a key of its own while the table has the
/// keyboard.
///
/// @param id       of the action, for tests and style
/// @param text     as the operator reads it
/// @param key      if it has one
/// @param possible with these rows; else the entry is disabled
/// @param run      gets the selected rows that are there, at least one, in their order
public record RowAction<V>(
        String id,
        String text,
        Optional<KeyCombination> key,
        Predicate<? super List<V>> possible,
        Consumer<? super List<V>> run) {

    /// An action that is possible with any rows.
    public static <V> RowAction<V> of(String id, String text, String key, Consumer<? super List<V>> run) {
        return new RowAction<>(id, text, Optional.of(KeyCombination.valueOf(key)), _ -> true, run);
    }

    /// An action without a key that is possible with any rows.
    public static <V> RowAction<V> of(String id, String text, Consumer<? super List<V>> run) {
        return new RowAction<>(id, text, Optional.empty(), _ -> true, run);
    }

    /// The same, for one row only.
    public RowAction<V> single() {
        return when(rows -> rows.size() == 1);
    }

    /// The same, if also this holds.
    public RowAction<V> when(Predicate<? super List<V>> also) {
        return new RowAction<>(id, text, key, rows -> possible.test(rows) && also.test(rows), run);
    }
}
