package dev.heliograph.console.desktop.ui.table;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;

/// The rows of a table view that are in sight.
final class TableRows<V> {

    private final TableView<V> table;

    TableRows(TableView<V> table) {
        this.table = table;
    }

    /// They read their rows again.
    void refresh() {
        each(LiveRow::refresh);
    }

    /// They look whether they are selected.
    void restyle() {
        each(LiveRow::updateLook);
    }

    /// How many are in sight entirely.
    int page() {
        return flow().map(flow -> (int) (flow.getHeight() / table.getFixedCellSize()) - 1)
                .filter(count -> count > 0)
                .orElse(1);
    }

    void reveal(int index) {
        flow().ifPresent(flow -> flow.scrollTo(index));
    }

    void scroll(double pixels) {
        for (Node node : table.lookupAll(".scroll-bar")) {
            if (node instanceof ScrollBar bar && bar.getOrientation() == Orientation.HORIZONTAL && bar.isVisible()) {
                bar.setValue(Math.clamp(bar.getValue() + pixels, bar.getMin(), bar.getMax()));
            }
        }
    }

    private void each(Consumer<LiveRow<V>> work) {
        flow().ifPresent(flow -> {
            TableRow<V> first = flow.getFirstVisibleCell();
            TableRow<V> last = flow.getLastVisibleCell();
            if (first == null || last == null) {
                return;
            }
            for (int i = first.getIndex(); i <= last.getIndex(); i++) {
                if (flow.getVisibleCell(i) instanceof LiveRow<V> row) {
                    work.accept(row);
                }
            }
        });
    }

    @SuppressWarnings("unchecked")
    private Optional<VirtualFlow<TableRow<V>>> flow() {
        // There is none before the table has its skin.
        return Optional.ofNullable((VirtualFlow<TableRow<V>>) table.lookup(".virtual-flow"));
    }
}
