package dev.heliograph.console.desktop.ui.form;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.text.Formats;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;

/// A whole number with its unit; the up and down keys change it by one. On JavaFX's thread.
public final class NumberField extends InputField<Long> {

    private final long least;
    private final long most;

    /// @param least the least number that is allowed
    /// @param most  the greatest one
    /// @param unit  as it stands behind the number: "a second"; may be empty
    public NumberField(String name, boolean required, long least, long most, String unit) {
        super(name, required, typed -> parse(typed, least, most));
        this.least = least;
        this.most = most;
        getStyleClass().add("number-field");
        field().setPrefColumnCount(8);
        field().setAlignment(Pos.CENTER_RIGHT);
        field().addEventFilter(KeyEvent.KEY_PRESSED, this::step);
        if (!unit.isEmpty()) {
            Label label = new Label(unit);
            label.setMinWidth(USE_PREF_SIZE);
            append(label);
            field().setAccessibleText(name + ", " + unit);
        }
    }

    public void setValue(long number) {
        setText(Long.toString(number));
    }

    private void step(KeyEvent event) {
        long by = switch (event.getCode()) {
            case UP -> 1;
            case DOWN -> -1;
            default -> 0;
        };
        if (by != 0) {
            event.consume();
            value().ifPresent(number -> setValue(Math.clamp(number + by, least, most)));
        }
    }

    private static Long parse(String typed, long least, long most) {
        String digits = typed.replace(",", "").replace(" ", "");
        if (!digits.matches("-?\\d{1,18}")) {
            throw new IllegalArgumentException(text("controls.number.wrong", typed));
        }
        long number = Long.parseLong(digits);
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    most == Long.MAX_VALUE
                            ? text("controls.number.least", Formats.count(least))
                            : text("controls.number.range", Formats.count(least), Formats.count(most)));
        }
        return number;
    }
}
