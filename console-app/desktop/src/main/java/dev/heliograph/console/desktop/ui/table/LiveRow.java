package dev.heliograph.console.desktop.ui.table;

import javafx.css.PseudoClass;
import javafx.scene.control.TableRow;
import org.jspecify.annotations.Nullable;

/// A row of a live table. Whether it is selected, it asks the table by its id.
final class LiveRow<V> extends TableRow<V> {

    /// What a row asks of its table.
    interface Look<V> {

        boolean isSelected(V row);

        boolean isCursor(int index);

        boolean isDeparted(V row);
    }

    private static final PseudoClass DEPARTED = PseudoClass.getPseudoClass("departed");
    private static final PseudoClass CURSOR = PseudoClass.getPseudoClass("cursor");

    private final Look<V> look;

    LiveRow(Look<V> look) {
        this.look = look;
    }

    /// Reads its row again and shows what has changed.
    void refresh() {
        updateIndex(getIndex());
        updateLook();
    }

    void updateLook() {
        V row = getItem();
        boolean filled = !isEmpty() && row != null;
        updateSelected(filled);
        pseudoClassStateChanged(DEPARTED, filled && look.isDeparted(row));
        pseudoClassStateChanged(CURSOR, filled && look.isCursor(getIndex()));
    }

    @Override
    protected void updateItem(@Nullable V row, boolean empty) {
        super.updateItem(row, empty);
        updateLook();
    }

    /// The table view has no selection model to ask, and so always says no.
    @Override
    public void updateSelected(boolean selected) {
        V row = getItem();
        super.updateSelected(!isEmpty() && row != null && look.isSelected(row));
    }
}
