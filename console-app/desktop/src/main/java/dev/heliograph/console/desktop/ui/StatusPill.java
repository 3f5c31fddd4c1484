package dev.heliograph.console.desktop.ui;

import javafx.scene.control.Label;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows a [Status] as a label with icon, word and colour. On JavaFX's thread.
public final class StatusPill extends Label {

    private final FontIcon icon = new FontIcon();

    public StatusPill() {
        getStyleClass().add("status-pill");
        setGraphic(icon);
        setMinWidth(USE_PREF_SIZE);
    }

    public StatusPill(Status status) {
        this();
        show(status);
    }

    public void show(Status status) {
        setText(status.word());
        icon.setIconCode(status.icon());
        for (Tone tone : Tone.values()) {
            getStyleClass().remove(tone.styleClass());
        }
        getStyleClass().add(status.tone().styleClass());
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
