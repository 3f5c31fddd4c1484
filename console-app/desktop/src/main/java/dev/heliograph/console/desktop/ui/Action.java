package dev.heliograph.console.desktop.ui;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyEvent;

/// Something that an operator can do by name and by key: it is in the palette (Ctrl+K), on the sheet of keys (`?`), and
/// at its key.
///
/// A key that is a letter or a sign alone is heeded only while nobody types text.
///
/// @param id      unique in the application, begins with the page: `bans.new`
/// @param title   a few words that begin with a verb: "Ban an address"
/// @param key     none, if the palette and a button are enough
/// @param enabled whether it can be done now; asked when it is
/// @param run     does it, on JavaFX's thread
public record Action(String id, String title, Optional<Key> key, BooleanSupplier enabled, Runnable run) {

    /// With a key, and possible always.
    ///
    /// @param key as [Key#of] reads it
    public static Action of(String id, String title, String key, Runnable run) {
        return new Action(id, title, Optional.of(Key.of(key)), () -> true, run);
    }

    public static Action withoutKey(String id, String title, Runnable run) {
        return new Action(id, title, Optional.empty(), () -> true, run);
    }

    /// The same, possible only while this holds: while a row is selected, for example.
    public Action when(BooleanSupplier condition) {
        return new Action(id, title, key, condition, run);
    }

    public boolean matches(KeyEvent event) {
        return key.filter(k -> k.matches(event)).isPresent();
    }
}
