package dev.heliograph.console.desktop.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A key with its modifiers, as it is written for the operator: `Ctrl+K`, `B`, `Shift+D`, `F5`, `Delete`, `?`.
///
/// Letters, digits and named keys are those of the keyboard, by what is pressed. Other signs are by what is typed,
/// since
/// keyboards have them in different places.
public final class Key {

    private final String text;
    private final Optional<KeyCode> code;
    private final boolean control;
    private final boolean shift;
    private final boolean alt;

    private Key(String text, Optional<KeyCode> code, List<String> modifiers) {
        this.text = text;
        this.code = code;
        this.control = modifiers.contains("Ctrl");
        this.shift = modifiers.contains("Shift");
        this.alt = modifiers.contains("Alt");
    }

    /// `Ctrl+K`, `Shift+D`, `?`: the words that JavaFX has for keys, or the character that is typed.
    ///
    /// @throws IllegalArgumentException for a key that does not exist
    public static Key of(String text) {
        if (text.length() == 1 && !Character.isLetterOrDigit(text.charAt(0))) {
            return new Key(text, Optional.empty(), List.of());
        }
        List<String> parts = new ArrayList<>(List.of(text.split("\\+", -1)));
        String name = parts.removeLast();
        for (String modifier : parts) {
            if (!List.of("Ctrl", "Shift", "Alt").contains(modifier)) {
                throw new IllegalArgumentException(modifier + " in " + text + " is no modifier");
            }
        }
        KeyCode code = Objects.requireNonNullElseGet(
                KeyCode.getKeyCode(name), () -> KeyCode.valueOf(name.toUpperCase(Locale.ROOT)));
        return new Key(text, Optional.of(code), parts);
    }

    /// As it is written for the operator.
    public String text() {
        return text;
    }

    /// Whether it is one that types something, so that it is no command while text is typed.
    public boolean types() {
        return !control
                && !alt
                && code.map(c -> c.isLetterKey() || c.isDigitKey()).orElse(true);
    }

    /// Whether this is it: a key that is pressed, or for signs one that is typed.
    public boolean matches(KeyEvent event) {
        if (code.isEmpty()) {
            return event.getEventType() == KeyEvent.KEY_TYPED
                    && text.equals(event.getCharacter())
                    && !event.isControlDown()
                    && !event.isAltDown();
        }
        return event.getEventType() == KeyEvent.KEY_PRESSED
                && event.getCode() == code.get()
                && event.isShortcutDown() == control
                && event.isShiftDown() == shift
                && event.isAltDown() == alt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && key.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
