package dev.heliograph.console.desktop.ui.form;

import dev.heliograph.console.desktop.ui.Controls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.skin.TextFieldSkin;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;

/// A line in a language of its own: completes what is typed, underlines where an error is, and knows what was asked
/// before.
///
/// Enter asks. While completions are shown, Up and Down choose one, Enter or Tab takes it, and Escape hides them;
/// Ctrl+Space shows them. Otherwise Up and Down go through what was asked before. On JavaFX's thread.
public final class QueryInput extends VBox {

    /// What could stand at a place.
    ///
    /// @param from    where the word begins that it takes the place of
    /// @param to      where it ends
    /// @param options the likeliest first
    public record Completions(int from, int to, List<Option> options) {

        public Completions {
            options = List.copyOf(options);
        }
    }

    /// A completion.
    ///
    /// @param text to stand there
    /// @param hint what it means
    public record Option(String text, String hint) {}

    /// Knows the language.
    @FunctionalInterface
    public interface Completer {

        /// What could stand where the caret is.
        ///
        /// @param caret characters before the caret
        Completions complete(String text, int caret);
    }

    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
    private static final int HISTORY = 50;

    private final TextField field = new TextField();
    private final Line underline = new Line();

    /// Where characters are is known only when the field, which comes before it, is laid out.
    private final Pane over = new Pane() {
        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            place();
        }
    };

    private final Label problem = new Label();
    private final CompletionPopup popup;
    private final Completer completer;
    private final List<String> history = new ArrayList<>();
    private int recalled;
    private boolean quiet;
    private Consumer<? super String> listener = _ -> {};
    private OptionalInt errorAt = OptionalInt.empty();

    public QueryInput(String name, String prompt, Completer completer) {
        this.completer = completer;
        getStyleClass().add("query-input");
        field.setPromptText(prompt);
        field.setAccessibleText(name);
        field.getStyleClass().add("query-text");
        underline.getStyleClass().add("query-error");
        underline.setManaged(false);
        problem.getStyleClass().addAll("input-problem", "tone-bad");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        over.getChildren().add(underline);
        over.setMouseTransparent(true);
        StackPane stack = new StackPane(field, over);
        stack.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(stack, problem);
        popup = new CompletionPopup(field, this::take);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        field.textProperty().subscribe((_, _) -> typed());
        field.focusedProperty().subscribe((_, focused) -> {
            if (!focused) {
                popup.hide();
            }
        });
        field.widthProperty().subscribe(_ -> over.requestLayout());
        noError();
    }

    /// Hears what is asked.
    public void onAsk(Consumer<? super String> next) {
        listener = next;
    }

    public String getText() {
        return field.getText();
    }

    /// Shows a text without asking it.
    public void setText(String text) {
        quiet = true;
        field.setText(text);
        field.end();
        quiet = false;
        noError();
    }

    /// What was asked before, the newest last.
    public List<String> history() {
        return List.copyOf(history);
    }

    public void history(List<String> before) {
        history.clear();
        history.addAll(before);
        recalled = history.size();
    }

    /// Says what is wrong; and where, if that is known, as the number of characters before it.
    public void error(String sentence, OptionalInt position) {
        errorAt = position;
        problem.setText(sentence);
        show(true);
        over.requestLayout();
    }

    public void noError() {
        errorAt = OptionalInt.empty();
        show(false);
    }

    /// The text field itself.
    public TextField field() {
        return field;
    }

    @Override
    public void requestFocus() {
        field.requestFocus();
    }

    private void show(boolean error) {
        field.pseudoClassStateChanged(ERROR, error);
        problem.setVisible(error);
        problem.setManaged(error);
        underline.setVisible(error && errorAt.isPresent());
        field.setAccessibleHelp(error ? problem.getText() : "");
    }

    /// Below the word at the error, or at the end of the text.
    private void place() {
        if (errorAt.isEmpty() || !(field.getSkin() instanceof TextFieldSkin skin) || field.getLength() == 0) {
            return;
        }
        int from = Math.clamp(errorAt.getAsInt(), 0, field.getLength() - 1);
        int to = from;
        while (to < field.getLength() - 1
                && !Character.isWhitespace(field.getText().charAt(to + 1))) {
            to++;
        }
        Rectangle2D first = skin.getCharacterBounds(from);
        Rectangle2D last = skin.getCharacterBounds(to);
        underline.setStartX(first.getMinX());
        underline.setEndX(Math.max(first.getMinX() + 6, last.getMaxX()));
        underline.setStartY(first.getMaxY() + 1);
        underline.setEndY(first.getMaxY() + 1);
    }

    private void typed() {
        if (quiet) {
            return;
        }
        noError();
        recalled = history.size();
        // The caret moves only after the text has changed.
        javafx.application.Platform.runLater(this::suggest);
    }

    private void suggest() {
        if (field.isFocused()) {
            popup.show(completer.complete(field.getText(), field.getCaretPosition()));
        }
    }

    private void take(Completions from, Option option) {
        quiet = true;
        int to = Math.min(from.to(), field.getLength());
        boolean space = to == field.getLength();
        field.replaceText(Math.min(from.from(), to), to, option.text() + (space ? " " : ""));
        quiet = false;
        noError();
        suggest();
    }

    private void press(KeyEvent event) {
        if (popup.press(event) || own(event)) {
            event.consume();
        }
    }

    private boolean own(KeyEvent event) {
        return switch (event.getCode()) {
            case SPACE -> {
                if (event.isControlDown()) {
                    suggest();
                }
                yield event.isControlDown();
            }
            case ENTER -> {
                ask();
                yield true;
            }
            case UP -> recall(recalled - 1);
            case DOWN -> recall(recalled + 1);
            default -> event.getCode() == KeyCode.ESCAPE && popup.hide();
        };
    }

    private void ask() {
        popup.hide();
        String asked = field.getText().strip();
        if (!asked.isEmpty()) {
            history.remove(asked);
            history.add(asked);
            if (history.size() > HISTORY) {
                history.removeFirst();
            }
        }
        recalled = history.size();
        listener.accept(asked);
    }

    private boolean recall(int index) {
        if (index >= 0 && index <= history.size()) {
            int now = index;
            setText(Optional.of(index)
                    .filter(i -> i < history.size())
                    .map(history::get)
                    .orElse(""));
            recalled = now;
        }
        return true;
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
