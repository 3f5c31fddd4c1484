package dev.heliograph.console.desktop.ui.table;

import dev.heliograph.console.desktop.ui.StatusPill;
import java.util.Optional;
import javafx.scene.control.Skin;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// A cell of a live table: text, or a pill with a status. A text that has not the room that it needs is whole in a
/// tooltip.
final class LiveCell<V, T> extends TableCell<V, T> {

    private final LiveColumn<V, T> column;
    private @Nullable StatusPill pill;

    LiveCell(LiveColumn<V, T> column) {
        this.column = column;
        setAlignment(column.alignment());
        addEventHandler(
                MouseEvent.MOUSE_ENTERED,
                _ -> setTooltip(cut().map(Tooltip::new).orElse(null)));
    }

    /// The whole text, if the cell has not the room for it.
    private Optional<String> cut() {
        return getSkin() instanceof LiveCellSkin skin && skin.isCut()
                ? Optional.ofNullable(getText())
                : Optional.empty();
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
