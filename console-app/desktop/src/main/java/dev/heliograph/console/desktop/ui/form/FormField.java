package dev.heliograph.console.desktop.ui.form;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Something to fill in: its label above, and below what is wrong with it, or a hint. On JavaFX's thread.
public final class FormField extends VBox {

    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final Region input;
    private final Label label = new Label();
    private final Label below = new Label();
    private String hint = "";

    public FormField(String label, Region input) {
        super(2);
        this.input = input;
        this.label.setLabelFor(input);
        this.label.getStyleClass().add("hint");
        below.getStyleClass().add("hint");
        below.setWrapText(true);
        below.setMinHeight(USE_PREF_SIZE);
        input.setMaxWidth(Double.MAX_VALUE);
        label(label);
        getChildren().addAll(this.label, input, below);
        problem(Optional.empty());
    }

    /// The same, with an id for its input.
    public FormField id(String id) {
        input.setId(id);
        return this;
    }

    public void label(String text) {
        label.setText(text);
        input.setAccessibleText(text);
    }

    /// What is to be read below while nothing is wrong.
    public FormField hint(String text) {
        hint = text;
        problem(Optional.empty());
        return this;
    }

    /// What an empty field shows.
    public FormField prompt(String text) {
        if (input instanceof TextInputControl field) {
            field.setPromptText(text);
        }
        return this;
    }

    /// Tells what is wrong, or that nothing is.
    public void problem(Optional<String> sentence) {
        below.setText(sentence.orElse(hint));
        below.pseudoClassStateChanged(DANGER, sentence.isPresent());
        input.pseudoClassStateChanged(DANGER, sentence.isPresent());
        below.setVisible(!below.getText().isEmpty());
        below.setManaged(below.isVisible());
    }

    /// Whether it is there at all.
    public void shown(boolean shown) {
        setVisible(shown);
        setManaged(shown);
    }
}
