package dev.heliograph.console.desktop.ui.form;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.text.Spans;
import dev.heliograph.console.text.Times;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A length of time, typed as `5m` or `1h30m` or taken from a menu. On JavaFX's thread.
public final class DurationField extends InputField<Duration> {

    /// @param presets for the menu, as they would be typed
    public DurationField(String name, boolean required, List<String> presets) {
        super(name, required, DurationField::parse);
        getStyleClass().add("duration-field");
        field().setPrefColumnCount(8);
        setPromptText(text("controls.duration.prompt"));
        if (!presets.isEmpty()) {
            append(menu(name, presets));
        }
    }

    private MenuButton menu(String name, List<String> presets) {
        MenuButton menu = new MenuButton();
        menu.setGraphic(new FontIcon(Feather.CLOCK));
        menu.setAccessibleText(text("controls.duration.presets", name));
        menu.setMinWidth(USE_PREF_SIZE);
        for (String preset : presets) {
            MenuItem item = new MenuItem(Times.span(parse(preset)));
            item.setOnAction(_ -> setText(preset));
            menu.getItems().add(item);
        }
        return menu;
    }

    private static Duration parse(String typed) {
        return Spans.parse(typed.replace(" ", ""))
                .filter(Duration::isPositive)
                .orElseThrow(() -> new IllegalArgumentException(text("controls.duration.wrong", typed)));
    }
}
