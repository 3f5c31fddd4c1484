package dev.heliograph.console.desktop.ui.form;

import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// What is known of something: labels at the left, values at the right. On JavaFX's thread.
public final class Facts extends GridPane {

    private int rows;

    public Facts() {
        super(12, 4);
        ColumnConstraints labels = new ColumnConstraints();
        labels.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(labels, values);
    }

    /// Forgets all of them.
    public void clear() {
        getChildren().clear();
        rows = 0;
    }

    /// One more, unless there is nothing to tell.
    public Facts add(String label, String value) {
        if (!value.isEmpty()) {
            Label left = new Label(label);
            left.getStyleClass().add("hint");
            left.setMinWidth(USE_PREF_SIZE);
            GridPane.setValignment(left, VPos.TOP);
            Label right = new Label(value);
            right.setWrapText(true);
            right.setMinHeight(USE_PREF_SIZE);
            addRow(rows++, left, right);
        }
        return this;
    }
}
