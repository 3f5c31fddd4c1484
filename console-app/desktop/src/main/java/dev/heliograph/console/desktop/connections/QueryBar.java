package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.connections.Completion;
import dev.heliograph.console.connections.QueryProblem;
import dev.heliograph.console.desktop.ui.form.QueryInput;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.scene.layout.VBox;

/// Where the query is written, with suggestions, and with the place of what is wrong. On JavaFX's thread.
final class QueryBar extends VBox {

    private final QueryInput input;

    QueryBar(BiFunction<String, Integer, Completion> complete, Consumer<String> ask) {
        this.input = new QueryInput(
                text("connections.query"),
                text("connections.query.prompt"),
                (query, caret) -> completions(complete.apply(query, caret)));
        input.field().setId("query");
        input.onAsk(ask);
        getChildren().add(input);
    }

    private static QueryInput.Completions completions(Completion completion) {
        return new QueryInput.Completions(
                completion.from(),
                completion.to(),
                completion.suggestions().stream()
                        .map(each -> new QueryInput.Option(each.text(), each.detail()))
                        .toList());
    }

    void query(String next) {
        input.setText(next);
    }

    String query() {
        return input.getText();
    }

    void problem(Optional<QueryProblem> next) {
        next.ifPresentOrElse(
                problem -> input.error(
                        problem.sentence(), problem.at().map(OptionalInt::of).orElseGet(OptionalInt::empty)),
                input::noError);
    }

    void focus() {
        input.requestFocus();
    }
}
