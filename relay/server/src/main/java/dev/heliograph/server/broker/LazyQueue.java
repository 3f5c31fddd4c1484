package dev.heliograph.server.broker;

import static java.util.Comparator.comparingLong;

import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/// Items ordered by a number that mostly grows: a deadline that is put off, the time of the last use.
///
/// Growth is free. The item stays filed under its old, smaller number; whoever takes it from the head compares that
/// with the current one and files the item anew if it was early. So a publication costs the queue no more than one
/// volatile read. Each item is in the queue at most once. Threadsafe.
final class LazyQueue<T> {

    private static final long UNFILED = Long.MAX_VALUE;

    /// Where one item is filed in one queue.
    static final class Place<T> {
        private final T item;
        private volatile long key = UNFILED; // written under the queue's lock, and only while outside the set
        private long sequence; // guarded by the queue's lock

        Place(T item) {
            this.item = item;
        }

        private long key() {
            return key;
        }

        private long sequence() {
            return sequence;
        }
    }

    /// An item taken from the head.
    ///
    /// @param key what it was filed under, not above the item's current number
    record Taken<T>(T item, long key) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Place<T>> places =
            new TreeSet<>(comparingLong((Place<T> place) -> place.key()).thenComparingLong(Place::sequence));
    private long sequence;

    /// Files the item unless it is filed under the same or a smaller key already.
    void offer(Place<T> place, long key) {
        if (place.key <= key) {
            return;
        }
        lock.lock();
        try {
            if (place.key <= key) {
                return;
            }
            removeLocked(place);
            place.key = key;
            place.sequence = sequence++;
            places.add(place);
        } finally {
            lock.unlock();
        }
    }

    /// Takes the head if its key is not above a bound. The taker must file the item again or let it go for good.
    Optional<Taken<T>> poll(long bound) {
        lock.lock();
        try {
            if (places.isEmpty() || places.first().key > bound) {
                return Optional.empty();
            }
            Place<T> place = places.first();
            Taken<T> taken = new Taken<>(place.item, place.key);
            removeLocked(place);
            return Optional.of(taken);
        } finally {
            lock.unlock();
        }
    }

    void remove(Place<T> place) {
        lock.lock();
        try {
            removeLocked(place);
        } finally {
            lock.unlock();
        }
    }

    private void removeLocked(Place<T> place) {
        if (place.key != UNFILED) {
            places.remove(place);
            place.key = UNFILED;
        }
    }
}
