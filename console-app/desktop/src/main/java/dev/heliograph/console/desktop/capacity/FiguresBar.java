package dev.heliograph.console.desktop.capacity;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.capacity.Figures;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says whose figures the plan is made from, and takes others.
final class FiguresBar extends HBox {

    private final Label said = new Label();
    private final Button back = new Button(text("capacity.figures.back"));

    /// @param open    asks for a file of figures
    /// @param packaged goes back to those of the console
    FiguresBar(Runnable open, Runnable packaged) {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("plan-figures");
        said.setId("plan-figures");
        said.setWrapText(true);
        said.setMinHeight(USE_PREF_SIZE);
        said.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(said, Priority.ALWAYS);
        Button choose = new Button(text("capacity.figures.open"));
        choose.setId("plan-figures-open");
        choose.setMinWidth(USE_PREF_SIZE);
        choose.setOnAction(_ -> open.run());
        back.setId("plan-figures-back");
        back.setMinWidth(USE_PREF_SIZE);
        back.setOnAction(_ -> packaged.run());
        back.managedProperty().bind(back.visibleProperty());
        getChildren().addAll(new FontIcon(Feather.ACTIVITY), said, back, choose);
    }

    void show(Figures figures) {
        said.setText(figures.sentence());
        back.setVisible(figures.file().isPresent());
    }
}
