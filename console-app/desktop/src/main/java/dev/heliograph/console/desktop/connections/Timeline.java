package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.EventKind;
import dev.heliograph.console.wire.EventRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What happened to a connection, the newest first. On JavaFX's thread.
final class Timeline extends VBox {

    Timeline() {
        setId("timeline");
        setSpacing(8);
    }

    void show(List<EventRow> events) {
        getChildren().clear();
        for (EventRow event : events.reversed()) {
            getChildren().add(row(event));
        }
    }

    private static HBox row(EventRow event) {
        Label at = new Label(Times.clock(Instant.ofEpochMilli(event.at())));
        at.getStyleClass().addAll("mono", Styles.TEXT_SMALL, Styles.TEXT_MUTED);
        at.setMinWidth(USE_PREF_SIZE);
        FontIcon icon = new FontIcon(icon(event.kind()));
        if (event.kind() == EventKind.ERROR) {
            icon.getStyleClass().add("connections-error");
        }
        Label what = Drawer.sentence(sentence(event));
        HBox.setHgrow(what, Priority.ALWAYS);
        HBox row = new HBox(8, at, icon, what);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private static String sentence(EventRow event) {
        String kind = text("connections.event." + event.kind().name().toLowerCase(Locale.ROOT));
        Integer code = event.code();
        StringBuilder words = new StringBuilder(kind);
        if (code != null) {
            words.append(' ').append(code);
        }
        if (!event.detail().isEmpty()) {
            words.append(": ").append(event.detail());
        }
        if (!event.by().isEmpty()) {
            words.append(' ').append(text("connections.event.by", event.by()));
        }
        return words.toString();
    }

    private static Ikon icon(EventKind kind) {
        return switch (kind) {
            case HANDSHAKE -> Feather.LINK_2;
            case CONNECT -> Feather.LOG_IN;
            case SUBSCRIBE -> Feather.PLUS_CIRCLE;
            case UNSUBSCRIBE -> Feather.MINUS_CIRCLE;
            case REFRESH -> Feather.REFRESH_CW;
            case ERROR -> Feather.ALERT_CIRCLE;
            case DISCONNECT -> Feather.LOG_OUT;
            case UNKNOWN -> Feather.HELP_CIRCLE;
        };
    }
}
