package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Finds what can be done by a few letters of its title: Ctrl+K, some letters, Enter.
final class PaletteSheet implements Sheets.Sheet {

    private static final double ROW = 36;
    private static final int ROWS = 10;

    private final VBox box = new VBox(8);
    private final CustomTextField field = new CustomTextField();
    private final ListView<Action> list = new ListView<>();
    private final Sheets sheets;
    private final List<Action> actions;

    /// @param actions that can be done now, the likeliest first
    PaletteSheet(Sheets sheets, List<Action> actions) {
        this.sheets = sheets;
        this.actions = List.copyOf(actions);
        box.setId("palette");
        box.setPrefWidth(SheetFrame.WIDTH);
        field.setId("palette-field");
        field.setPromptText(text("shell.palette.prompt"));
        field.setAccessibleText(text("shell.palette.prompt"));
        field.setLeft(new FontIcon(Feather.SEARCH));
        list.setId("palette-list");
        list.setFixedCellSize(ROW);
        list.setPrefHeight(ROW * ROWS + 2);
        list.setFocusTraversable(false);
        list.getStyleClass().addAll(Styles.DENSE, "palette-list");
        list.setPlaceholder(new Label(text("shell.palette.nothing")));
        list.setCellFactory(_ -> new Cell());
        box.getChildren().addAll(field, list);
        field.textProperty().subscribe(this::search);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, _ -> run());
    }

    private void search(String typed) {
        record Found(Action action, int score) {}
        List<Found> found = new ArrayList<>();
        for (Action action : actions) {
            Fuzzy.score(typed, action.title()).ifPresent(score -> found.add(new Found(action, score)));
        }
        found.sort(Comparator.comparingInt(Found::score).reversed());
        list.getItems().setAll(found.stream().map(Found::action).toList());
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    private void press(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(ROWS);
            case PAGE_UP -> move(-ROWS);
            case ENTER -> run();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int by) {
        int last = list.getItems().size() - 1;
        int next = Math.clamp(list.getSelectionModel().getSelectedIndex() + by, 0, Math.max(0, last));
        list.getSelectionModel().select(next);
        list.scrollTo(Math.max(0, next - ROWS + 1));
    }

    private void run() {
        Action chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            sheets.close(this);
            chosen.run().run();
        }
    }

    @Override
    public Region view() {
        return box;
    }

    @Override
    public void focus() {
        field.requestFocus();
    }

    private static final class Cell extends ListCell<Action> {

        private final Label title = new Label();
        private final Label key = new Label();
        private final HBox line = new HBox(8, title, key);

        Cell() {
            HBox.setHgrow(title, Priority.ALWAYS);
            title.setMaxWidth(Double.MAX_VALUE);
            key.getStyleClass().add("key-cap");
            key.setMinWidth(Region.USE_PREF_SIZE);
            line.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(Action action, boolean empty) {
            super.updateItem(action, empty);
            if (empty || action == null) {
                setGraphic(null);
                return;
            }
            title.setText(action.title());
            key.setText(action.key().map(Key::text).orElse(""));
            key.setVisible(action.key().isPresent());
            setGraphic(line);
        }
    }
}
