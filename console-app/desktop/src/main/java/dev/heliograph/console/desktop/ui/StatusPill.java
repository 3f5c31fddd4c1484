package dev.heliograph.console.desktop.ui;

import java.util.Optional;
import javafx.scene.control.Label;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows a [Status] as a label with icon, word and colour. On JavaFX's thread.
public final class StatusPill extends Label {

    private final FontIcon icon = new FontIcon();
    private Optional<Status> shown = Optional.empty();

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
        // In a live table this is called very often, and each change of a style class costs a new style.
        if (shown.filter(status::equals).isPresent()) {
            return;
        }
        shown.map(before -> before.tone().styleClass()).ifPresent(getStyleClass()::remove);
        getStyleClass().add(status.tone().styleClass());
        setText(status.word());
        icon.setIconCode(status.icon());
        shown = Optional.of(status);
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
