package dev.heliograph.console.desktop.ui.table;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.text.Formats;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The line below a live table: how many rows there are, what is selected, and whether rows stay where they are.
final class TableFooter extends HBox {

    private static final double GAP = 16;

    private final Label count = new Label();
    private final Label summary = new Label();
    private final Label selection = new Label();
    private final Label hold = new Label(text("controls.table.held"), new FontIcon(Feather.LOCK));
    private int rows;
    private int selected;
    private int missing;
    private boolean known = true;

    TableFooter() {
        super(GAP);
        getStyleClass().add("table-footer");
        setAlignment(Pos.CENTER_LEFT);
        Region space = new Region();
        setHgrow(space, Priority.ALWAYS);
        count.setMinWidth(USE_PREF_SIZE);
        hold.setMinWidth(USE_PREF_SIZE);
        selection.setMinWidth(USE_PREF_SIZE);
        hold.getStyleClass().add("hold");
        getChildren().addAll(count, selection, summary, space, hold);
        render();
        held(false);
    }

    void rows(int next) {
        rows = next;
        render();
    }

    void summary(String sentence) {
        summary.setText(sentence);
        // What has no room beside the rest is read there.
        summary.setTooltip(sentence.isEmpty() ? null : new Tooltip(sentence));
    }

    void selected(int next) {
        selected = next;
        render();
    }

    void missing(int next) {
        missing = next;
        render();
    }

    /// Whether the numbers mean anything.
    void known(boolean next) {
        known = next;
        render();
    }

    void held(boolean next) {
        hold.setVisible(next);
    }

    private void render() {
        count.setText(text(rows == 1 ? "controls.table.row" : "controls.table.rows", Formats.count(rows)));
        count.setVisible(known);
        summary.setVisible(known);
        selection.setVisible(known && selected > 0);
        selection.setManaged(selection.isVisible());
        selection.setText(
                missing > 0
                        ? text("controls.table.selected.missing", Formats.count(selected), Formats.count(missing))
                        : text("controls.table.selected", Formats.count(selected)));
    }
}
