package dev.heliograph.console.desktop.ui;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The line at the top of a page: its title, and on the right what can be done with all of it.
public final class PageHeader extends HBox {

    /// @param right are never cut
    public PageHeader(String title, Region... right) {
        Label label = new Label(title);
        label.getStyleClass().add("page-title");
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        getStyleClass().add("page-header");
        setAlignment(Pos.CENTER_LEFT);
        getChildren().add(label);
        for (Region node : right) {
            node.setMinWidth(USE_PREF_SIZE);
            getChildren().add(node);
        }
    }

    /// The same, with something in front of the title.
    public PageHeader before(Node node) {
        getChildren().addFirst(node);
        return this;
    }
}
