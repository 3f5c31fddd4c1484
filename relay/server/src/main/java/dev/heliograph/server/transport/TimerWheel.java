package dev.heliograph.server.transport;

import org.jspecify.annotations.Nullable;

/// A hashed timer wheel without objects of its own: what waits is linked into the slots by two fields of [Node].
///
/// Not threadsafe: one wheel per event loop. A timer fires up to one tick late, never early. Setting, moving and
/// removing cost a few field writes, so a million connections may each have a timer that is moved all the time.
final class TimerWheel {

    /// 25 ms: fine enough for pings and timeouts of seconds, coarse enough to sleep in between.
    static final long TICK_NANOS = 25_000_000;

    /// 1,024 slots of 25 ms: most timers (25 s pings) are within one turn.
    private static final int SLOTS = 1_024;

    /// Something with one deadline.
    abstract static class Node {
        private @Nullable Node previous;
        private @Nullable Node next;
        private int slot = -1;
        private long deadline;

        /// The deadline has passed; the node is no longer in the wheel.
        abstract void expired(long now);
    }

    private final @Nullable Node[] slots = new Node[SLOTS];
    private final long origin;
    private long tick;
    private int size;

    TimerWheel(long now) {
        this.origin = now;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// Sets or moves a node's deadline.
    void schedule(Node node, long deadline) {
        cancel(node);
        node.deadline = deadline;
        long due = Math.max(Math.ceilDiv(deadline - origin, TICK_NANOS), tick + 1);
        int slot = (int) (due & SLOTS - 1);
        node.slot = slot;
        Node head = slots[slot];
        node.next = head;
        if (head != null) {
            head.previous = node;
        }
        slots[slot] = node;
        size++;
    }

    void cancel(Node node) {
        if (node.slot < 0) {
            return;
        }
        Node previous = node.previous;
        Node next = node.next;
        if (previous == null) {
            slots[node.slot] = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        node.previous = null;
        node.next = null;
        node.slot = -1;
        size--;
    }

    /// Fires what is due.
    void advance(long now) {
        long target = Math.floorDiv(now - origin, TICK_NANOS);
        // After a long sleep one turn visits every slot.
        long from = Math.max(tick + 1, target - SLOTS + 1);
        tick = Math.max(tick, target);
        for (long at = from; at <= target; at++) {
            Node node = slots[(int) (at & SLOTS - 1)];
            while (node != null) {
                Node next = node.next;
                if (node.deadline - now <= 0) {
                    cancel(node);
                    node.expired(now);
                    // A node that fired may have moved its neighbours: begin again at the slot's head.
                    next = slots[(int) (at & SLOTS - 1)];
                }
                node = next;
            }
        }
    }
}
