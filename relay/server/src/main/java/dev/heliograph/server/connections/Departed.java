package dev.heliograph.server.connections;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The connections of this node that closed of late, so that an operator can see why: the last so many, for a
/// while. Threadsafe.
///
/// Not a cache: those keep what is asked for often, and here the last one to come must never be the first to go.
final class Departed {

    static final int CAPACITY = 5_000;

    /// Events and subscriptions of all of them together: some tens of bytes each, and the names of their
    /// channels.
    static final int MAX_PARTS = 100_000;

    static final Duration KEPT = Duration.ofMinutes(15);

    private record Entry(ConnectionDetail detail, long at) {
        int parts() {
            return detail.events().size() + detail.subscriptions().size();
        }
    }

    private final int capacity;
    private final LongSupplier nanoTime;
    private final Map<String, Entry> byClient = new HashMap<>();
    private final ArrayDeque<Entry> inOrder = new ArrayDeque<>();
    private int parts;

    Departed(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
    }

    synchronized void add(ConnectionDetail detail) {
        Entry entry = new Entry(detail, nanoTime.getAsLong());
        byClient.put(detail.row().client(), entry);
        inOrder.add(entry);
        parts += entry.parts();
        forget();
    }

    synchronized Optional<ConnectionDetail> find(String client) {
        forget();
        return Optional.ofNullable(byClient.get(client)).map(Entry::detail);
    }

    synchronized int size() {
        forget();
        return inOrder.size();
    }

    private void forget() {
        long now = nanoTime.getAsLong();
        while (!inOrder.isEmpty()
                && (inOrder.size() > capacity || parts > MAX_PARTS || now - inOrder.element().at >= KEPT.toNanos())) {
            Entry oldest = inOrder.remove();
            parts -= oldest.parts();
            byClient.remove(oldest.detail.row().client(), oldest);
        }
    }
}
