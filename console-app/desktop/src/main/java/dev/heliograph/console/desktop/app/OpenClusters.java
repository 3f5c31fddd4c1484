package dev.heliograph.console.desktop.app;

import static dev.heliograph.console.text.Messages.text;

import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Above the page where clusters are chosen: the ways back to those that are open. Nothing while none is.
final class OpenClusters extends FlowPane {

    private final Consumer<String> go;

    /// @param go shows the cluster of a name
    OpenClusters(Consumer<String> go) {
        super(8, 8);
        this.go = go;
        setId("open-clusters");
        setAlignment(Pos.CENTER_LEFT);
        setPadding(new Insets(12, 24, 0, 24));
        managedProperty().bind(visibleProperty());
    }

    /// @param names of those that are open
    void show(List<String> names) {
        setVisible(!names.isEmpty());
        getChildren().setAll(names.stream().map(this::way).toList());
    }

    private Button way(String cluster) {
        Button button = new Button(text("window.to", cluster), new FontIcon(Feather.ARROW_LEFT));
        button.setId("to-" + cluster);
        button.setMnemonicParsing(false);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> go.accept(cluster));
        return button;
    }
}
