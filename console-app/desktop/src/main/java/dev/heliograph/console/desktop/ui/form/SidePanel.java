package dev.heliograph.console.desktop.ui.form;

import static dev.heliograph.console.text.Messages.text;

import java.net.URL;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A panel at the right of a page: a title, content that scrolls, buttons below, and a way to close it, with Escape
/// too.
/// On JavaFX's thread.
public class SidePanel extends BorderPane {

    /// Room for a form beside a table in a window of 1,000 pixels.
    public static final double WIDTH = 380;

    private static final URL STYLE = Objects.requireNonNull(SidePanel.class.getResource("form.css"), "form.css");

    private final Label title = new Label();
    private final VBox content = new VBox(12);
    private final HBox buttons = new HBox(8);

    /// @param close is called when the operator closes it
    public SidePanel(String id, String title, Runnable close) {
        setId(id);
        getStyleClass().add("side-panel");
        getStylesheets().add(STYLE.toExternalForm());
        setPrefWidth(WIDTH);
        setMinWidth(WIDTH);
        setMaxWidth(WIDTH);
        this.title.getStyleClass().add("panel-title");
        this.title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(this.title, Priority.ALWAYS);
        title(title);
        Button closing = new Button("", new FontIcon(Feather.X));
        closing.setId(id + "-close");
        closing.getStyleClass().addAll("button-icon", "flat");
        closing.setAccessibleText(text("form.close"));
        closing.setOnAction(_ -> close.run());
        HBox head = new HBox(8, this.title, closing);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("panel-head");
        content.getStyleClass().add("panel-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        buttons.getStyleClass().add("panel-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.managedProperty().bind(buttons.visibleProperty());
        buttons.setVisible(false);
        setTop(head);
        setCenter(scroll);
        setBottom(buttons);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                close.run();
            }
        });
    }

    public final void title(String text) {
        title.setText(text);
    }

    /// What is in it, from top to bottom.
    public final VBox content() {
        return content;
    }

    /// What cannot scroll, instead of what is in it.
    public final void fill(Node node) {
        setCenter(node);
    }

    /// A button below; the last one is on the right.
    public final Button button(String id, String label, Runnable run) {
        Button button = new Button(label);
        button.setId(id);
        button.setMnemonicParsing(false);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> run.run());
        buttons.getChildren().add(button);
        buttons.setVisible(true);
        return button;
    }
}
