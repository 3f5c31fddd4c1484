package dev.heliograph.console.desktop.connect;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.cluster.Colour;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What the panes of this page have in common.
final class Parts {

    /// A pane that is wider is harder to read.
    static final double WIDTH = 600;

    private Parts() {}

    static Label title(String text) {
        Label label = sentence(text);
        label.getStyleClass().add(Styles.TITLE_3);
        return label;
    }

    static Label sentence(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    static Label muted(String text) {
        Label label = sentence(text);
        label.getStyleClass().add(Styles.TEXT_MUTED);
        return label;
    }

    /// Something that the operator should have read.
    static HBox warning(String id, String text) {
        Label label = sentence(text);
        HBox line = new HBox(8, new FontIcon(Feather.ALERT_TRIANGLE), label);
        line.setId(id);
        line.setAlignment(Pos.TOP_LEFT);
        line.getStyleClass().add("warning-line");
        line.managedProperty().bind(line.visibleProperty());
        return line;
    }

    static Region spot(Colour colour) {
        Region spot = new Region();
        spot.getStyleClass().add("cluster-spot");
        spot.setStyle("-fx-background-color: " + colour.hex());
        return spot;
    }

    static Button button(String id, String text, Runnable run) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(96);
        button.setMnemonicParsing(false);
        button.setOnAction(_ -> run.run());
        return button;
    }

    /// The one that is meant.
    static Button primary(String id, String text, Runnable run) {
        Button button = button(id, text, run);
        button.getStyleClass().add(Styles.ACCENT);
        button.setDefaultButton(true);
        return button;
    }

    static HBox buttons(Node... nodes) {
        HBox row = new HBox(8, nodes);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setMinHeight(Region.USE_PREF_SIZE);
        return row;
    }

    /// A field with its name above.
    static VBox named(String name, Node field, Node... below) {
        Label label = new Label(name);
        label.setLabelFor(field);
        field.setAccessibleText(name);
        VBox box = new VBox(4, label, field);
        box.getChildren().addAll(below);
        return box;
    }

    static VBox pane(String id, Node... nodes) {
        VBox pane = new VBox(16, nodes);
        pane.setId(id);
        pane.setMaxWidth(WIDTH);
        return pane;
    }
}
