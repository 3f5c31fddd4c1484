package dev.heliograph.console.desktop.ui.form;

import dev.heliograph.console.desktop.ui.Controls;
import dev.heliograph.console.desktop.ui.form.QueryInput.Completions;
import dev.heliograph.console.desktop.ui.form.QueryInput.Option;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.Popup;
import org.jspecify.annotations.Nullable;

/// The completions below a text field, which keeps the keyboard.
final class CompletionPopup {

    private static final double ROW = 28;
    private static final int MOST = 10;
    private static final double WIDTH = 420;

    private final TextField field;
    private final BiConsumer<Completions, Option> taken;
    private final Popup popup = new Popup();
    private final ListView<Option> list = new ListView<>();
    private Completions shown = new Completions(0, 0, List.of());

    CompletionPopup(TextField field, BiConsumer<Completions, Option> taken) {
        this.field = field;
        this.taken = taken;
        list.getStyleClass().add("completions");
        list.setFixedCellSize(ROW);
        list.setFocusTraversable(false);
        list.setCellFactory(_ -> new OptionCell());
        list.getStylesheets().add(Controls.stylesheet());
        list.setOnMouseClicked(_ -> take());
        popup.setAutoHide(true);
        popup.setHideOnEscape(false);
        popup.getContent().add(list);
    }

    void show(Completions next) {
        shown = next;
        if (next.options().isEmpty()
                || field.getScene() == null
                || field.getScene().getWindow() == null) {
            hide();
            return;
        }
        list.getItems().setAll(next.options());
        list.getSelectionModel().clearSelection();
        list.setPrefSize(WIDTH, Math.min(MOST, next.options().size()) * ROW + 2);
        if (!popup.isShowing()) {
            popup.getScene().getStylesheets().setAll(field.getScene().getStylesheets());
            Point2D below = field.localToScreen(0, field.getHeight());
            popup.show(field, below.getX(), below.getY());
        }
    }

    /// Hides it; tells whether it was shown.
    boolean hide() {
        boolean was = popup.isShowing();
        popup.hide();
        return was;
    }

    /// A key was pressed in the field; tells whether it was for the completions.
    boolean press(KeyEvent event) {
        if (!popup.isShowing()) {
            return false;
        }
        return switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case ENTER -> take();
            case TAB -> {
                if (list.getSelectionModel().isEmpty()) {
                    list.getSelectionModel().selectFirst();
                }
                yield take();
            }
            case ESCAPE -> hide();
            default -> false;
        };
    }

    private boolean move(int by) {
        int size = list.getItems().size();
        int now = list.getSelectionModel().getSelectedIndex();
        int next = now < 0 && by < 0 ? size - 1 : Math.floorMod(now + by, size);
        list.getSelectionModel().clearAndSelect(next);
        list.scrollTo(Math.max(0, next - MOST + 1));
        return true;
    }

    private boolean take() {
        Option option = list.getSelectionModel().getSelectedItem();
        if (option == null) {
            return false;
        }
        Completions from = shown;
        hide();
        taken.accept(from, option);
        return true;
    }

    private static final class OptionCell extends ListCell<Option> {

        private final Label text = new Label();
        private final Label hint = new Label();
        private final HBox line = new HBox(12, text, gap(), hint);

        OptionCell() {
            hint.getStyleClass().add("completion-hint");
            text.getStyleClass().add("completion-text");
            text.setMinWidth(Region.USE_PREF_SIZE);
            // Else long hints make the list scroll to the side.
            setPrefWidth(0);
        }

        private static Region gap() {
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            return gap;
        }

        @Override
        protected void updateItem(@Nullable Option option, boolean empty) {
            super.updateItem(option, empty);
            if (empty || option == null) {
                setGraphic(null);
                setAccessibleText(null);
            } else {
                text.setText(option.text());
                hint.setText(option.hint());
                setGraphic(line);
                setAccessibleText(option.text() + ", " + option.hint());
            }
        }
    }
}
