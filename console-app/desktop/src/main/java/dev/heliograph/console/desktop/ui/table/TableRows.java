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

    /// They read their rows again, and are laid out at once. If the flow found one that still wants to be, it would
    /// take
    /// all of them out and in again, and compute their styles anew: several times the work.
    void refresh() {
        each(row -> {
            row.refresh();
            row.layout();
        });
    }

    /// They look whether they are selected.
    void restyle() {
        each(LiveRow::updateLook);
    }

    /// How many are in sight entirely.
    int page() {
        return flow().map(flow -> Math.max(1, (int) (viewport(flow) / table.getFixedCellSize()) - 1))
                .orElse(1);
    }

    /// Scrolls as little as brings the row into sight entirely.
    void reveal(int index) {
        flow().ifPresent(flow -> {
            int rows = table.getItems().size();
            if (flow.getCellCount() != rows) {
                table.layout();
            }
            TableRow<V> first = flow.getFirstVisibleCell();
            double height = table.getFixedCellSize();
            double viewport = viewport(flow);
            double rest = rows * height - viewport;
            if (first == null || rest <= 0 || viewport < height) {
                return;
            }
            double offset = first.getIndex() * height - first.getLayoutY();
            double wanted = Math.clamp(offset, (index + 1) * height - viewport, Math.max(0, index * height));
            if (wanted != offset) {
                // VirtualFlow.scrollTo leaves the last row below the edge, in JavaFX 26.
                flow.setPosition(Math.clamp(wanted / rest, 0, 1));
            }
        });
    }

    /// The height in which rows are seen: without that of a scroll bar below them.
    private double viewport(VirtualFlow<TableRow<V>> flow) {
        return horizontalBar()
                .filter(Node::isVisible)
                .map(bar -> flow.getHeight() - bar.getHeight())
                .orElseGet(flow::getHeight);
    }

    private Optional<ScrollBar> horizontalBar() {
        return table.lookupAll(".scroll-bar").stream()
                .filter(ScrollBar.class::isInstance)
                .map(ScrollBar.class::cast)
                .filter(bar -> bar.getOrientation() == Orientation.HORIZONTAL)
                .findFirst();
    }

    void scroll(double pixels) {
        horizontalBar()
                .filter(Node::isVisible)
                .ifPresent(bar -> bar.setValue(Math.clamp(bar.getValue() + pixels, bar.getMin(), bar.getMax())));
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
