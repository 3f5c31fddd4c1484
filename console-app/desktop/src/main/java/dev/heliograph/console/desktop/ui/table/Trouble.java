package dev.heliograph.console.desktop.ui.table;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.ViewState;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The line above rows that are kept although the newest ones could not be had.
final class Trouble extends HBox {

    private static final double GAP = 8;

    private final Label sentence = new Label();
    private final Button retry = new Button(text("controls.failed.retry"));
    private Optional<Runnable> run = Optional.empty();

    Trouble() {
        super(GAP);
        getStyleClass().addAll("trouble", "tone-warning");
        setAlignment(Pos.CENTER_LEFT);
        sentence.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
        sentence.setWrapText(true);
        sentence.setMaxWidth(Double.MAX_VALUE);
        setHgrow(sentence, Priority.ALWAYS);
        retry.setMinWidth(USE_PREF_SIZE);
        retry.setOnAction(_ -> run.ifPresent(Runnable::run));
        getChildren().addAll(sentence, retry);
    }

    void show(ViewState state) {
        boolean failed = state instanceof ViewState.Failed;
        setVisible(failed);
        setManaged(failed);
        if (state instanceof ViewState.Failed(String words, Optional<Runnable> again)) {
            sentence.setText(words);
            run = again;
            retry.setVisible(again.isPresent());
            retry.setManaged(again.isPresent());
        }
    }
}
