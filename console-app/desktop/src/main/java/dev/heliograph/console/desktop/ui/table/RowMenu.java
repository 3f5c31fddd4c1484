package dev.heliograph.console.desktop.ui.table;

import static dev.heliograph.console.text.Messages.text;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The context menu of rows.
final class RowMenu {

    private RowMenu() {}

    static <V> List<MenuItem> items(List<V> chosen, List<RowAction<V>> actions, Runnable copy) {
        List<MenuItem> items = new ArrayList<>();
        for (RowAction<V> action : actions) {
            MenuItem item = new MenuItem(action.text());
            item.setId(action.id());
            action.key().ifPresent(item::setAccelerator);
            item.setDisable(chosen.isEmpty() || !action.possible().test(chosen));
            item.setOnAction(_ -> action.run().accept(chosen));
            items.add(item);
        }
        if (!items.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        MenuItem copying = new MenuItem(text("controls.table.copy"), new FontIcon(Feather.COPY));
        copying.setId("copy-rows");
        copying.setAccelerator(KeyCombination.valueOf("Shortcut+C"));
        copying.setDisable(chosen.isEmpty());
        copying.setOnAction(_ -> copy.run());
        items.add(copying);
        return items;
    }
}
