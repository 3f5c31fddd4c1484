package dev.heliograph.server.broker;

import dev.heliograph.protocol.Publication;
import org.jspecify.annotations.Nullable;

/// Publications in a row: added at one end, dropped at the other, read by index from the oldest. Not threadsafe.
final class PublicationRing {

    private static final @Nullable Publication[] NONE = {};
    private static final int FIRST_CAPACITY = 4;

    private @Nullable Publication[] slots = NONE;
    private int oldest;
    private int size;

    int size() {
        return size;
    }

    void add(Publication publication) {
        if (size == slots.length) {
            grow();
        }
        slots[slot(size)] = publication;
        size++;
    }

    /// @param index 0 is the oldest
    Publication get(int index) {
        return present(slots[slot(index)]);
    }

    Publication removeOldest() {
        Publication removed = present(slots[oldest]);
        slots[oldest] = null;
        oldest = slot(1);
        size--;
        if (size == 0) {
            clear();
        }
        return removed;
    }

    /// Drops everything, the room for it too.
    void clear() {
        slots = NONE;
        oldest = 0;
        size = 0;
    }

    private int slot(int index) {
        int slot = oldest + index;
        return slot < slots.length ? slot : slot - slots.length;
    }

    private void grow() {
        @Nullable Publication[] larger = new @Nullable Publication[Math.max(FIRST_CAPACITY, 2 * slots.length)];
        int unwrapped = slots.length - oldest;
        System.arraycopy(slots, oldest, larger, 0, unwrapped);
        System.arraycopy(slots, 0, larger, unwrapped, oldest);
        slots = larger;
        oldest = 0;
    }

    private static Publication present(@Nullable Publication publication) {
        if (publication == null) {
            throw new IndexOutOfBoundsException("no publication there");
        }
        return publication;
    }
}
