package dev.heliograph.console.desktop.ui.table;

import java.util.List;

/// The columns as the operator arranged them, in their order; kept from one start to the next.
public record TableLayout(List<Column> columns) {

    /// One of them.
    ///
    /// @param id    of the column
    /// @param width in pixels
    /// @param shown or hidden
    public record Column(String id, double width, boolean shown) {}

    public TableLayout {
        columns = List.copyOf(columns);
    }
}
