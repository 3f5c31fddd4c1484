package dev.heliograph.console.desktop.ui.table;

import dev.heliograph.console.desktop.ui.StatusPill;
import javafx.scene.control.Skin;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/// A cell of a live table: text, or a pill with a status.
final class LiveCell<V, T> extends TableCell<V, T> {

    private final LiveColumn<V, T> column;
    private @Nullable StatusPill pill;

    LiveCell(LiveColumn<V, T> column) {
        this.column = column;
        setAlignment(column.alignment());
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new LiveCellSkin(this);
    }

    @Override
    protected void updateItem(@Nullable T value, boolean empty) {
        super.updateItem(value, empty);
        if (empty || value == null) {
            setText(null);
            setGraphic(null);
        } else if (column.status().isPresent()) {
            if (pill == null) {
                pill = new StatusPill();
            }
            pill.show(column.status().get().apply(value));
            setGraphic(pill);
        } else {
            setText(column.text().apply(value));
        }
    }
}
