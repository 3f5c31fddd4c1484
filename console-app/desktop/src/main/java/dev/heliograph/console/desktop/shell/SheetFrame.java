package dev.heliograph.console.desktop.shell;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// What all sheets look like: a title with a sign, the content, buttons on the right below.
final class SheetFrame extends VBox {

    static final double WIDTH = 560;

    private final VBox content = new VBox(12);
    private final HBox buttons = new HBox(8);
    private final FontIcon sign;

    SheetFrame(String id, Ikon icon, String title) {
        setId(id);
        setSpacing(16);
        setPrefWidth(WIDTH);
        Label heading = new Label(title);
        heading.getStyleClass().addAll(Styles.TITLE_4, "sheet-title");
        heading.setWrapText(true);
        heading.setMinHeight(Region.USE_PREF_SIZE);
        sign = new FontIcon(icon);
        sign.getStyleClass().add("sheet-icon");
        HBox head = new HBox(12, sign, heading);
        head.setAlignment(Pos.CENTER_LEFT);
        head.setMinHeight(Region.USE_PREF_SIZE);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.setMinHeight(Region.USE_PREF_SIZE);
        VBox.setVgrow(content, Priority.ALWAYS);
        getChildren().addAll(head, content, buttons);
    }

    /// For what must not be done by accident.
    void warn() {
        getStyleClass().add("dangerous");
        sign.getStyleClass().add(Styles.DANGER);
    }

    void add(Node... nodes) {
        content.getChildren().addAll(nodes);
    }

    /// The last one added is on the right.
    Button button(String id, String text, Runnable run) {
        Button button = new Button(text);
        button.setId(id);
        button.setMnemonicParsing(false);
        button.setMinWidth(96);
        button.setOnAction(_ -> run.run());
        buttons.getChildren().add(button);
        return button;
    }

    /// Something at the left of the buttons.
    void besideButtons(Node node) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        buttons.getChildren().addAll(0, List.of(node, gap));
    }

    /// A sentence that wraps.
    static Label sentence(String text, String... styles) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }
}
