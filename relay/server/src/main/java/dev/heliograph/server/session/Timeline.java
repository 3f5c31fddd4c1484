package dev.heliograph.server.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last events of one session, in their order; older ones are forgotten. An event costs 32 bytes, none costs
/// 16. Threadsafe.
final class Timeline {

    /// Events that are kept.
    static final int CAPACITY = 50;

    private static final Event.Kind[] KINDS = Event.Kind.values();

    /// An event in a ring: each knows the one after it, and the newest the oldest.
    private static final class Entry {

        private final long at;
        private final String detail;
        private final String by;
        private final short code;
        private final byte kind;

        /// How many there were with this one, up to the capacity.
        private final byte number;

        private Entry next;

        @SuppressWarnings({"NullAway", "this-escape"}) // a ring of one
        Entry(long at, Event.Kind kind, int code, String detail, String by, int number) {
            this.at = at;
            this.detail = detail;
            this.by = by;
            this.code = (short) Math.clamp(code, 0, Short.MAX_VALUE);
            this.kind = (byte) kind.ordinal();
            this.number = (byte) number;
            this.next = this;
        }

        Event event() {
            return new Event(at, KINDS[kind], code, detail, by);
        }
    }

    private @Nullable Entry newest;

    /// @param code 0 to 32767
    synchronized void add(long at, Event.Kind kind, int code, String detail, String by) {
        Entry last = newest;
        if (last == null) {
            newest = new Entry(at, kind, code, detail, by, 1);
            return;
        }
        boolean full = last.number == CAPACITY;
        Entry entry = new Entry(at, kind, code, detail, by, full ? CAPACITY : last.number + 1);
        // The oldest is behind the newest; when there is no room, the second oldest takes its place.
        entry.next = full ? last.next.next : last.next;
        last.next = entry;
        newest = entry;
    }

    /// All that is kept, behind what every session begins with.
    synchronized List<Event> events(long openedAt, long connectedAt) {
        List<Event> events = new ArrayList<>();
        events.add(new Event(openedAt, Event.Kind.HANDSHAKE, 0, "", "client"));
        events.add(new Event(connectedAt, Event.Kind.CONNECT, 0, "", "client"));
        Entry last = newest;
        if (last != null) {
            Entry each = last;
            do {
                each = each.next;
                events.add(each.event());
            } while (each != last);
        }
        return events;
    }
}
