package dev.heliograph.console.desktop.ui.form;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Controls;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A text field whose text means something: checks it while it is typed, and says below itself what is wrong with it,
/// once the operator has left it, or at once where it was wrong before. On JavaFX's thread.
///
/// @param <T> what the text means
public class InputField<T> extends VBox {

    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
    private static final double GAP = 4;

    private final Function<String, T> parse;
    private final TextField field = new TextField();
    private final HBox line = new HBox(GAP, field);
    private final Label problem = new Label();
    private final boolean required;
    private Optional<T> value = Optional.empty();
    private Optional<String> wrong = Optional.empty();
    private Consumer<? super Optional<T>> listener = _ -> {};
    private boolean left;

    /// @param name     what is asked for, for those who cannot see the label beside it
    /// @param required whether nothing is wrong, too
    /// @param parse    what a text means; throws an [IllegalArgumentException] with a sentence for the operator
    public InputField(String name, boolean required, Function<String, T> parse) {
        this.parse = parse;
        this.required = required;
        getStyleClass().add("input-field");
        field.setAccessibleText(name);
        line.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(field, Priority.ALWAYS);
        problem.getStyleClass().addAll("input-problem", "tone-bad");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(line, problem);
        field.textProperty().subscribe(_ -> changed());
        field.focusedProperty().subscribe((_, focused) -> {
            left = left || !focused;
            tell();
        });
    }

    /// What the text means; empty if it is wrong, or nothing is there.
    public final Optional<T> value() {
        return value;
    }

    /// Whether it can be used: not wrong, and there if it must be.
    public final boolean isValid() {
        return wrong.isEmpty();
    }

    /// Hears of each other meaning.
    public final void onChange(Consumer<? super Optional<T>> next) {
        listener = next;
    }

    public final void setText(String text) {
        field.setText(text);
    }

    public final String getText() {
        return field.getText();
    }

    public final void setPromptText(String text) {
        field.setPromptText(text);
    }

    /// Tells what is wrong now, as if the operator had left it: when a form cannot be sent because of it.
    public final void complain() {
        left = true;
        tell();
    }

    /// The text field itself.
    public final TextField field() {
        return field;
    }

    /// Puts something behind the text field.
    final void append(Node node) {
        line.getChildren().add(node);
    }

    @Override
    public void requestFocus() {
        field.requestFocus();
    }

    private void changed() {
        Optional<T> before = value;
        String text = field.getText().strip();
        try {
            value = text.isEmpty() ? Optional.empty() : Optional.of(parse.apply(text));
            wrong = text.isEmpty() && required ? Optional.of(text("controls.field.empty")) : Optional.empty();
        } catch (IllegalArgumentException e) {
            value = Optional.empty();
            wrong = Optional.of(e.getMessage() == null ? text("controls.field.wrong") : e.getMessage());
        }
        tell();
        if (!before.equals(value)) {
            listener.accept(value);
        }
    }

    private void tell() {
        if (wrong.isEmpty()) {
            // What is right now may be wrong again while it is typed on.
            left = left && !field.isFocused();
        }
        boolean shown = wrong.isPresent() && left;
        field.pseudoClassStateChanged(ERROR, shown);
        problem.setText(shown ? wrong.orElse("") : "");
        problem.setVisible(shown);
        problem.setManaged(shown);
        field.setAccessibleHelp(problem.getText());
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
