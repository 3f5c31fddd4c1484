package dev.heliograph.console.desktop.ui.table;

import java.util.List;
import java.util.RandomAccess;
import javafx.collections.ObservableListBase;

/// What the table view shows: the rows published last.
///
/// Tells the table only of rows more or less at the end, never of rows that changed. To JavaFX a change of all rows
/// costs
/// time for each one, while only those in sight matter; [LiveTable] has these read their rows again.
final class PublishedList<V> extends ObservableListBase<V> implements RandomAccess {

    private List<V> rows = List.of();

    void publish(List<V> next) {
        List<V> before = rows;
        rows = next;
        if (before.size() == next.size()) {
            return;
        }
        beginChange();
        if (before.size() < next.size()) {
            nextAdd(before.size(), next.size());
        } else {
            nextRemove(next.size(), before.subList(next.size(), before.size()));
        }
        endChange();
    }

    List<V> rows() {
        return rows;
    }

    @Override
    public V get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }
}
