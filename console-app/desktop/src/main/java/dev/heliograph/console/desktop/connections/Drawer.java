package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The part of the page at its right that shows one thing at a time: a connection, or a form. On JavaFX's thread.
final class Drawer extends BorderPane {

    private static final double WIDTH = 380;

    private final Label title = new Label();
    private Runnable closed = () -> {};
    private Optional<Node> content = Optional.empty();

    Drawer() {
        setId("drawer");
        getStyleClass().add("connections-drawer");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        title.setId("drawer-title");
        title.getStyleClass().add(Styles.TITLE_4);
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        Button close = new Button("", new FontIcon(Feather.X));
        close.setId("drawer-close");
        close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        close.setAccessibleText(text("connections.drawer.close"));
        close.setOnAction(_ -> shut());
        HBox head = new HBox(8, title, close);
        head.setAlignment(Pos.CENTER_LEFT);
        head.setPadding(new Insets(12, 12, 8, 16));
        setTop(head);
        show(false);
    }

    /// @param onClose what ends with it
    void open(String heading, Node node, Runnable onClose) {
        Runnable before = closed;
        closed = () -> {};
        before.run();
        closed = onClose;
        title.setText(heading);
        content = Optional.of(node);
        ScrollPane scroll = new ScrollPane(node);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        setCenter(scroll);
        show(true);
    }

    boolean isShowing(Node node) {
        return isVisible() && content.filter(node::equals).isPresent();
    }

    boolean isOpen() {
        return isVisible();
    }

    void shut() {
        show(false);
        content = Optional.empty();
        Runnable before = closed;
        closed = () -> {};
        before.run();
    }

    private void show(boolean now) {
        setVisible(now);
        setManaged(now);
    }

    /// A label above its field.
    static Region field(String label, Node node) {
        Label above = new Label(label);
        above.setLabelFor(node);
        node.setAccessibleText(label);
        javafx.scene.layout.VBox box = new javafx.scene.layout.VBox(4, above, node);
        if (node instanceof Region region) {
            region.setMaxWidth(Double.MAX_VALUE);
        }
        return box;
    }

    /// A sentence that wraps.
    static Label sentence(String words, String... styles) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }
}
