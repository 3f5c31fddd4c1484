package dev.heliograph.console.desktop.runbooks;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Variable;
import dev.heliograph.runbook.run.RunState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The variables of a runbook. A value is taken with Enter, or when the field is left.
final class VariablesForm extends GridPane {

    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final Map<String, TextField> fields = new LinkedHashMap<>();
    private final Map<String, Label> hints = new LinkedHashMap<>();
    private final Map<String, Variable> variables = new LinkedHashMap<>();

    /// @param set gives a variable a value, and throws [RunbookException] if it is none
    VariablesForm(Runbook runbook, BiConsumer<String, String> set) {
        getStyleClass().add("variables");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        getColumnConstraints().setAll(names, values);
        int row = 0;
        for (Variable variable : runbook.variables()) {
            TextField field = new TextField();
            field.setId("variable-" + variable.name());
            field.getStyleClass().add("mono");
            field.setPromptText(variable.type().word());
            Label name = new Label(variable.name());
            name.setLabelFor(field);
            name.getStyleClass().add("variable-name");
            Label hint = new Label(variable.description());
            hint.getStyleClass().add("hint");
            hint.setWrapText(true);
            hint.setMinHeight(Region.USE_PREF_SIZE);
            field.setOnAction(_ -> take(variable, set));
            field.focusedProperty().subscribe((before, now) -> {
                if (before && !now) {
                    take(variable, set);
                }
            });
            fields.put(variable.name(), field);
            hints.put(variable.name(), hint);
            variables.put(variable.name(), variable);
            GridPane.setValignment(name, VPos.TOP);
            addRow(row++, name, new VBox(2, field, hint));
        }
    }

    private void take(Variable variable, BiConsumer<String, String> set) {
        TextField field = fields.get(variable.name());
        if (field == null || field.getText().isBlank()) {
            return;
        }
        try {
            set.accept(variable.name(), field.getText());
            problem(variable, "");
        } catch (RunbookException e) {
            problem(variable, e.sentence());
        }
    }

    private void problem(Variable variable, String sentence) {
        TextField field = fields.get(variable.name());
        Label hint = hints.get(variable.name());
        if (field != null && hint != null) {
            field.pseudoClassStateChanged(DANGER, !sentence.isEmpty());
            hint.setText(sentence.isEmpty() ? variable.description() : sentence);
            hint.pseudoClassStateChanged(DANGER, !sentence.isEmpty());
        }
    }

    void show(RunState state) {
        fields.forEach((name, field) -> {
            boolean finished = state.transcript().finished();
            field.setDisable(finished);
            String value = state.values().get(name).orElse("");
            // What is being typed is the operator's.
            if (!field.isFocused() && !value.isEmpty() && !field.getText().equals(value)) {
                field.setText(value);
                Variable variable = variables.get(name);
                if (variable != null) {
                    problem(variable, "");
                }
            }
            field.setAccessibleText(text("runbooks.variable", name));
        });
    }

    /// Shows a value that was chosen elsewhere, also while the field has the keyboard.
    void fill(String variable, String value) {
        TextField field = fields.get(variable);
        if (field != null) {
            field.setText(value);
        }
    }
}
