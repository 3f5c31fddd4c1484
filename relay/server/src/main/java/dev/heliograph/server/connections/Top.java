package dev.heliograph.server.connections;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The first so many of what it is offered, in an order. Never holds more. Not threadsafe.
final class Top<T> {

    private final Comparator<? super T> order;
    private final int limit;

    /// The last one of those that are kept is its head.
    private final PriorityQueue<T> kept;

    private boolean dropped;

    /// @param limit at least 1
    Top(Comparator<? super T> order, int limit) {
        this.order = order;
        this.limit = limit;
        this.kept = new PriorityQueue<>(Math.min(limit, 1_024), order.reversed());
    }

    void offer(T item) {
        if (kept.size() < limit) {
            kept.add(item);
            return;
        }
        dropped = true;
        if (order.compare(item, kept.element()) < 0) {
            kept.remove();
            kept.add(item);
        }
    }

    /// Whether there were more than are kept.
    boolean dropped() {
        return dropped;
    }

    /// Those that are kept, in their order.
    List<T> sorted() {
        return kept.stream().sorted(order).toList();
    }
}
