package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.connections.SavedView;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The saved views. On JavaFX's thread.
final class ViewsMenu extends MenuButton {

    private final Consumer<SavedView> show;
    private final Consumer<String> delete;
    private final Runnable save;

    ViewsMenu(Consumer<SavedView> show, Consumer<String> delete, Runnable save) {
        super(text("connections.views"), new FontIcon(Feather.BOOKMARK));
        this.show = show;
        this.delete = delete;
        this.save = save;
        setId("views");
        setMinWidth(USE_PREF_SIZE);
    }

    void show(List<SavedView> views) {
        getItems().clear();
        views.stream().filter(SavedView::builtIn).forEach(view -> getItems().add(item(view)));
        List<SavedView> own = views.stream().filter(view -> !view.builtIn()).toList();
        if (!own.isEmpty()) {
            getItems().add(new SeparatorMenuItem());
            own.forEach(view -> getItems().add(item(view)));
        }
        MenuItem keep = new MenuItem(text("connections.views.save"), new FontIcon(Feather.SAVE));
        keep.setId("view-save");
        keep.setOnAction(_ -> save.run());
        getItems().addAll(new SeparatorMenuItem(), keep);
        if (!own.isEmpty()) {
            Menu forget = new Menu(text("connections.views.delete"));
            for (SavedView view : own) {
                MenuItem item = new MenuItem(view.name());
                item.setMnemonicParsing(false);
                item.setOnAction(_ -> delete.accept(view.name()));
                forget.getItems().add(item);
            }
            getItems().add(forget);
        }
    }

    private MenuItem item(SavedView view) {
        MenuItem item = new MenuItem(view.name());
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> show.accept(view));
        return item;
    }
}
