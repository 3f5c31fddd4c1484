package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The pages, one below the other; the one in sight is marked.
final class Sidebar extends VBox {

    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final Map<String, Button> buttons = new LinkedHashMap<>();

    Sidebar(List<PageEntry> pages, Consumer<String> open) {
        setId("sidebar");
        getStyleClass().add("sidebar");
        setAccessibleRole(AccessibleRole.TOOL_BAR);
        setAccessibleText(text("shell.sidebar"));
        for (int i = 0; i < pages.size(); i++) {
            PageEntry page = pages.get(i);
            Button button = new Button(page.title(), new FontIcon(page.icon()));
            button.setId("page-" + page.id());
            button.setMnemonicParsing(false);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setAlignment(Pos.CENTER_LEFT);
            button.getStyleClass().add("sidebar-item");
            button.setOnAction(_ -> open.accept(page.id()));
            pageKey(i).ifPresent(key -> button.setTooltip(new Tooltip(key)));
            buttons.put(page.id(), button);
            getChildren().add(button);
        }
    }

    /// Ctrl+1 to Ctrl+9 and Ctrl+0, as the keys lie, in the order of the pages.
    static Optional<String> pageKey(int index) {
        return index < 10 ? Optional.of("Ctrl+" + (index + 1) % 10) : Optional.empty();
    }

    void mark(String page) {
        buttons.forEach((id, button) -> {
            button.pseudoClassStateChanged(CURRENT, id.equals(page));
            button.setAccessibleText(
                    id.equals(page) ? text("shell.sidebar.current", button.getText()) : button.getText());
        });
    }
}
