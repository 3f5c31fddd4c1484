package dev.heliograph.console.desktop.ui.form;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.controls.CustomTextField;
import dev.heliograph.console.desktop.ui.Controls;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A field to search by words. Tells them when the operator pauses or presses Enter; Escape empties it. On JavaFX's
/// thread.
public final class SearchField extends CustomTextField {

    /// Shorter than anybody waits for, longer than from one key to the next.
    private static final Duration PAUSE = Duration.millis(200);

    private final PauseTransition pause = new PauseTransition(PAUSE);
    private Consumer<? super String> listener = _ -> {};
    private String told = "";

    /// @param prompt what can be searched for
    public SearchField(String prompt) {
        getStyleClass().add("search-field");
        setPromptText(prompt);
        setAccessibleText(prompt);
        setLeft(new FontIcon(Feather.SEARCH));
        StackPane clear = new StackPane(new FontIcon(Feather.X));
        clear.setCursor(Cursor.HAND);
        clear.setAccessibleText(text("controls.search.clear"));
        clear.setOnMouseClicked(_ -> {
            clear();
            tell();
        });
        clear.visibleProperty().bind(textProperty().isNotEmpty());
        setRight(clear);
        pause.setOnFinished(_ -> tell());
        textProperty().subscribe((_, _) -> pause.playFromStart());
        setOnAction(_ -> tell());
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !getText().isEmpty()) {
                clear();
                tell();
                event.consume();
            }
        });
    }

    /// Hears of each other search, without spaces around it.
    public void onSearch(Consumer<? super String> next) {
        listener = next;
    }

    private void tell() {
        pause.stop();
        String words = getText().strip();
        if (!words.equals(told)) {
            told = words;
            listener.accept(words);
        }
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
