package dev.heliograph.console.desktop.ui.form;

import dev.heliograph.console.desktop.ui.Controls;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.javafx.FontIcon;

/// A sentence that stands out, with a sign and a colour, and buttons if something is to be done about it; takes no room
/// while it says nothing. On JavaFX's thread.
public final class Notice extends HBox {

    private final FontIcon sign = new FontIcon();
    private final Label sentence = new Label();

    public Notice(Tone tone, Node... buttons) {
        super(8);
        getStyleClass().addAll("notice", tone.styleClass());
        setAlignment(Pos.CENTER_LEFT);
        setMinHeight(USE_PREF_SIZE);
        sign.setIconCode(Status.of("", tone).icon());
        sentence.setWrapText(true);
        sentence.setMinHeight(USE_PREF_SIZE);
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        getChildren().addAll(sign, sentence);
        getChildren().addAll(buttons);
        say("");
    }

    public void say(String words) {
        sentence.setText(words);
        setVisible(!words.isEmpty());
        setManaged(!words.isEmpty());
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
