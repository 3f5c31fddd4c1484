package dev.heliograph.console.desktop.ui.table;

import static dev.heliograph.console.text.Messages.text;

import java.util.Collection;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A button with the choice of columns.
final class ColumnChooser<V> extends MenuButton {

    ColumnChooser(Collection<TableColumn<V, ?>> columns, Runnable reset) {
        super(text("controls.table.columns"), new FontIcon(Feather.COLUMNS));
        getStyleClass().add("column-chooser");
        for (TableColumn<V, ?> column : columns) {
            CheckMenuItem item = new CheckMenuItem(column.getText());
            item.setId("column-" + column.getId());
            item.selectedProperty().bindBidirectional(column.visibleProperty());
            getItems().add(item);
        }
        // The last one that is shown cannot be hidden: a table without columns has nothing to click on.
        setOnShowing(_ -> {
            long shown = columns.stream().filter(TableColumn::isVisible).count();
            getItems().stream()
                    .filter(CheckMenuItem.class::isInstance)
                    .map(CheckMenuItem.class::cast)
                    .forEach(item -> item.setDisable(shown == 1 && item.isSelected()));
        });
        MenuItem all = new MenuItem(text("controls.table.columns.reset"));
        all.setOnAction(_ -> reset.run());
        getItems().addAll(new SeparatorMenuItem(), all);
    }
}
