package dev.heliograph.console.desktop.ui.table;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/// Which rows are selected, by their ids: rows that move, go and come back stay selected until the operator unselects
/// them. Has a cursor, which is where the keyboard is, and an anchor, from which a range reaches. Not threadsafe.
final class RowSelection<K> {

    private final LinkedHashSet<K> ids = new LinkedHashSet<>();
    private final Place anchor = new Place();
    private final Place cursor = new Place();
    private IntFunction<K> idAt = _ -> {
        throw new IndexOutOfBoundsException("no rows yet");
    };
    private int size;

    /// The rows are others now, or elsewhere.
    void rows(int count, IntFunction<K> ids) {
        size = count;
        idAt = ids;
        cursor.find();
    }

    Set<K> ids() {
        return Collections.unmodifiableSet(ids);
    }

    boolean contains(K id) {
        return ids.contains(id);
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    /// Where the keyboard is; -1 before it was anywhere, or without rows.
    int cursor() {
        return cursor.index;
    }

    /// The row is pointed at.
    ///
    /// @param range from the anchor to here
    /// @param keep  what is selected so far; without a range, selects or unselects this one row
    void point(int index, boolean range, boolean keep) {
        if (range) {
            reach(index, keep);
        } else if (keep) {
            toggle(index);
        } else {
            only(index);
        }
    }

    /// The keyboard goes to a row: takes the selection along, as a range if wanted, or leaves it as it is.
    void move(int index, boolean range, boolean leave) {
        if (size == 0) {
            return;
        }
        int to = Math.clamp(index, 0, size - 1);
        if (range) {
            reach(to, leave);
        } else if (leave) {
            cursor.to(to);
        } else {
            only(to);
        }
    }

    void toggle(int index) {
        K id = idAt.apply(index);
        if (!ids.remove(id)) {
            ids.add(id);
        }
        cursor.to(index);
        anchor.to(index);
    }

    void all() {
        for (int i = 0; i < size; i++) {
            ids.add(idAt.apply(i));
        }
    }

    void clear() {
        ids.clear();
    }

    void set(Collection<? extends K> next) {
        ids.clear();
        ids.addAll(next);
        next.stream().findFirst().ifPresent(id -> {
            int index = indexOf(id, 0);
            if (index >= 0) {
                cursor.to(index);
                anchor.to(index);
            }
        });
    }

    /// How many of the selected rows are not there any more.
    int missing() {
        if (ids.isEmpty()) {
            return 0;
        }
        int found = 0;
        for (int i = 0; i < size && found < ids.size(); i++) {
            if (ids.contains(idAt.apply(i))) {
                found++;
            }
        }
        return ids.size() - found;
    }

    /// Where each selected row is that is there, in the order of the rows.
    Map<Integer, K> places() {
        Map<Integer, K> places = new HashMap<>();
        for (int i = 0; i < size && places.size() < ids.size(); i++) {
            K id = idAt.apply(i);
            if (ids.contains(id)) {
                places.put(i, id);
            }
        }
        return places;
    }

    private void only(int index) {
        ids.clear();
        ids.add(idAt.apply(index));
        cursor.to(index);
        anchor.to(index);
    }

    private void reach(int index, boolean keep) {
        if (!keep) {
            ids.clear();
        }
        anchor.find();
        int from = anchor.index < 0 ? index : anchor.index;
        anchor.to(from);
        for (int i = Math.min(from, index); i <= Math.max(from, index); i++) {
            ids.add(idAt.apply(i));
        }
        cursor.to(index);
    }

    private int indexOf(K id, int hint) {
        if (hint >= 0 && hint < size && idAt.apply(hint).equals(id)) {
            return hint;
        }
        for (int i = 0; i < size; i++) {
            if (idAt.apply(i).equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /// A row that is remembered by its id; where it was, if it is gone.
    private final class Place {

        private Optional<K> id = Optional.empty();
        private int index = -1;

        void to(int next) {
            index = next;
            id = Optional.of(idAt.apply(next));
        }

        void find() {
            int found = id.map(each -> indexOf(each, index)).orElse(-1);
            index = found >= 0 ? found : Math.min(index, size - 1);
        }
    }
}
