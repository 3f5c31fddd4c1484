package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.connections.Completion;
import dev.heliograph.console.connections.QueryProblem;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Where the query is written, with suggestions, and with the place of what is wrong. On JavaFX's thread.
final class QueryBar extends VBox {

    private final TextField field = new TextField();
    private final Label problem = Drawer.sentence("", "connections-trouble");

    QueryBar(BiFunction<String, Integer, Completion> complete, Consumer<String> ask) {
        super(4);
        field.setId("query");
        field.getStyleClass().add("mono");
        field.setPromptText(text("connections.query.prompt"));
        field.setAccessibleText(text("connections.query"));
        field.setOnAction(_ -> ask.accept(field.getText()));
        problem.setId("query-problem");
        getChildren().addAll(field, problem);
        problem(Optional.empty());
    }

    void query(String next) {
        field.setText(next);
    }

    String query() {
        return field.getText();
    }

    void problem(Optional<QueryProblem> next) {
        problem.setText(next.map(QueryProblem::sentence).orElse(""));
        problem.setVisible(next.isPresent());
        problem.setManaged(next.isPresent());
    }

    void focus() {
        field.requestFocus();
    }
}
