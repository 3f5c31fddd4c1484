package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Gives what is shown a name. On JavaFX's thread.
final class SaveViewPane extends VBox {

    private final TextField name = new TextField();
    private final Label what = Drawer.sentence("", "mono", Styles.TEXT_MUTED);
    private final Label problem = Drawer.sentence("", "connections-trouble");

    /// @param save is given the name; may throw [IllegalArgumentException] with a sentence for the operator
    SaveViewPane(Consumer<String> save) {
        setId("save-view-form");
        setSpacing(12);
        setPadding(new Insets(4, 16, 16, 16));
        name.setId("view-name");
        problem.setId("view-problem");
        Button button = new Button(text("connections.views.save.button"));
        button.setId("view-save-button");
        button.getStyleClass().add(Styles.ACCENT);
        button.setDefaultButton(true);
        button.setOnAction(_ -> {
            try {
                save.accept(name.getText());
            } catch (IllegalArgumentException e) {
                tell(String.valueOf(e.getMessage()));
            }
        });
        getChildren()
                .addAll(
                        Drawer.field(text("connections.views.name"), name),
                        what,
                        problem,
                        button,
                        Drawer.sentence(text("connections.views.note"), Styles.TEXT_MUTED, Styles.TEXT_SMALL));
    }

    /// @param query that is saved
    void begin(String query) {
        name.clear();
        what.setText(query.isBlank() ? text("connections.form.all") : query);
        tell("");
    }

    void focus() {
        name.requestFocus();
    }

    private void tell(String sentence) {
        problem.setText(sentence);
        problem.setVisible(!sentence.isEmpty());
        problem.setManaged(!sentence.isEmpty());
    }
}
