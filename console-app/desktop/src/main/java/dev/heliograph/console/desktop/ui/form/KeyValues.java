package dev.heliograph.console.desktop.ui.form;

import dev.heliograph.console.desktop.ui.Controls;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// Words with their values below each other: what is known of one thing. On JavaFX's thread.
public final class KeyValues extends GridPane {

    private final Map<String, Label> texts = new LinkedHashMap<>();

    public KeyValues() {
        getStyleClass().add("key-values");
        setHgap(16);
        setVgap(6);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(new ColumnConstraints(), values);
    }

    /// A value as text; that of a word that is there already takes the place of the one before.
    public void put(String word, String value) {
        Label label = texts.computeIfAbsent(word, _ -> {
            Label made = new Label();
            made.setWrapText(true);
            made.setMinHeight(USE_PREF_SIZE);
            add(word, made);
            return made;
        });
        label.setText(value);
    }

    /// A value that is a node.
    public void add(String word, Node value) {
        Label key = new Label(word);
        key.getStyleClass().add("key");
        key.setMinWidth(USE_PREF_SIZE);
        key.setLabelFor(value);
        setValignment(key, VPos.TOP);
        addRow(getRowCount(), key, value);
    }

    public void clear() {
        getChildren().clear();
        texts.clear();
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
