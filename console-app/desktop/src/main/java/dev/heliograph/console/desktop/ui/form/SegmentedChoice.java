package dev.heliograph.console.desktop.ui.form;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Fx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/// A few choices side by side, of which one is always made: by a click, or with the left and right keys. On JavaFX's
/// thread.
public final class SegmentedChoice<T> extends HBox {

    private final Map<T, ToggleButton> buttons = new LinkedHashMap<>();
    private final ToggleGroup group = new ToggleGroup();
    private final List<T> choices;
    private T chosen;
    private Consumer<? super T> listener = _ -> {};

    /// @param choices at least one; the first one is made
    /// @param words   of each, as the operator reads it
    public SegmentedChoice(String name, List<T> choices, Function<? super T, String> words) {
        Fx.checkThread();
        this.choices = List.copyOf(choices);
        chosen = choices.getFirst();
        getStyleClass().add("segmented-choice");
        setAccessibleText(name);
        for (T choice : choices) {
            ToggleButton button = new ToggleButton(words.apply(choice));
            button.setToggleGroup(group);
            button.setAccessibleText(name + ": " + button.getText());
            button.setMinWidth(USE_PREF_SIZE);
            button.getStyleClass().add(position(choice));
            button.setOnAction(_ -> pick(choice));
            buttons.put(choice, button);
        }
        getChildren().setAll(buttons.values());
        addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        choose(chosen);
    }

    public T chosen() {
        return chosen;
    }

    /// Makes a choice without telling.
    public void choose(T choice) {
        chosen = choice;
        group.selectToggle(button(choice));
        // Tab goes to the choice as a whole.
        buttons.forEach((each, button) -> button.setFocusTraversable(each.equals(choice)));
    }

    /// Hears of each choice that the operator makes.
    public void onChoice(Consumer<? super T> next) {
        listener = next;
    }

    private void pick(T choice) {
        boolean other = !choice.equals(chosen);
        // A second click on a toggle button would unselect it.
        choose(choice);
        if (other) {
            listener.accept(choice);
        }
    }

    private void press(KeyEvent event) {
        int by = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
        if (by == 0) {
            return;
        }
        event.consume();
        T next = choices.get(Math.clamp((long) choices.indexOf(chosen) + by, 0, choices.size() - 1));
        button(next).requestFocus();
        pick(next);
    }

    private ToggleButton button(T choice) {
        return Objects.requireNonNull(buttons.get(choice), "no such choice");
    }

    private String position(T choice) {
        if (choices.size() == 1) {
            return Styles.FLAT;
        }
        return choice.equals(choices.getFirst())
                ? Styles.LEFT_PILL
                : choice.equals(choices.getLast()) ? Styles.RIGHT_PILL : Styles.CENTER_PILL;
    }

    @Override
    public void requestFocus() {
        button(chosen).requestFocus();
    }
}
