package dev.heliograph.console.live;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// What a live table shows at a moment: immutable, and equal only to itself, so that comparing two costs nothing
/// however many rows they have.
///
/// Threadsafe.
public final class Rows<V> {

    private final List<V> list;
    private final Set<V> departed;
    private final int held;
    private final int waiting;
    private final boolean frozen;

    /// @param list     not copied: must never change
    /// @param departed likewise; by identity
    Rows(List<V> list, Set<V> departed, int held, int waiting, boolean frozen) {
        this.list = list;
        this.departed = departed;
        this.held = held;
        this.waiting = waiting;
        this.frozen = frozen;
    }

    public static <V> Rows<V> none() {
        return new Rows<>(List.of(), noDepartures(), 0, 0, false);
    }

    static <V> Set<V> noDepartures() {
        return Collections.newSetFromMap(new IdentityHashMap<>(1));
    }

    /// The rows in their order; unmodifiable.
    public List<V> list() {
        return list;
    }

    /// Whether this row of [#list] is gone, and stays only since the order is frozen.
    public boolean isDeparted(V row) {
        return departed.contains(row);
    }

    /// Rows that are held, those that the filter hides included.
    public int held() {
        return held;
    }

    /// Rows that are not shown yet, since the order is frozen.
    public int waiting() {
        return waiting;
    }

    /// Whether the order was frozen.
    public boolean isFrozen() {
        return frozen;
    }
}
