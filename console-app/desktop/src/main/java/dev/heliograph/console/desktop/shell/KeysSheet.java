package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Action;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Every key that does something: on this page on the left, everywhere on the right.
final class KeysSheet implements Sheets.Sheet {

    private final SheetFrame frame = new SheetFrame("keys", Feather.COMMAND, text("shell.keys.title"));
    private final Button close;

    KeysSheet(Sheets sheets, String page, List<Action> onPage, List<Action> everywhere) {
        frame.setPrefWidth(860);
        HBox columns = new HBox(32, column(page, onPage), column(text("shell.keys.everywhere"), everywhere));
        columns.getChildren().forEach(column -> HBox.setHgrow(column, Priority.ALWAYS));
        frame.add(Sheets.scrolling(columns));
        close = frame.button("close", text("shell.close"), () -> sheets.close(this));
        close.setDefaultButton(true);
    }

    private static VBox column(String title, List<Action> actions) {
        Label heading = new Label(title);
        heading.getStyleClass().add(Styles.TEXT_BOLD);
        VBox column = new VBox(8, heading);
        column.setPrefWidth(390);
        GridPane grid = new GridPane(16, 6);
        ColumnConstraints what = new ColumnConstraints();
        what.setHgrow(Priority.ALWAYS);
        ColumnConstraints key = new ColumnConstraints();
        key.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(what, key);
        int row = 0;
        for (Action action : actions) {
            if (action.key().isPresent()) {
                Label cap = new Label(action.key().get().text());
                cap.getStyleClass().add("key-cap");
                cap.setMinWidth(Region.USE_PREF_SIZE);
                grid.addRow(row++, SheetFrame.sentence(action.title()), cap);
            }
        }
        if (row == 0) {
            column.getChildren().add(SheetFrame.sentence(text("shell.keys.none"), Styles.TEXT_MUTED));
        } else {
            column.getChildren().add(grid);
        }
        return column;
    }

    @Override
    public Region view() {
        return frame;
    }

    @Override
    public void focus() {
        close.requestFocus();
    }
}
