package dev.heliograph.server.transport;

import dev.heliograph.server.hub.Subscription;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a peer has not taken yet: references to shared frames in a ring, how far into the first one it is, and for
/// frames that may be dropped the subscription they are for. Not threadsafe.
///
/// A frame of which a part is written is never dropped: the rest must follow, or the stream is broken.
final class Outbox {

    private byte[][] frames = new byte[4][];

    /// Beside `frames`; null until a frame has an owner.
    private @Nullable Subscription @Nullable [] owners;

    private int head;
    private int size;

    /// Number of the frame at the head, counted from the first that ever was in this outbox.
    private long headNumber;

    private int offset;
    private long bytes;

    /// Numbers of frames that are the only ones of their owner that are not begun.
    private @Nullable IdentityHashMap<Subscription, Long> single;

    private @Nullable Set<Subscription> owed;

    /// The one frame that does not count against the bound.
    private byte @Nullable [] extra;

    boolean isEmpty() {
        return size == 0;
    }

    /// Frames that wait, the begun one included.
    int frames() {
        return size;
    }

    /// Bytes that wait.
    long bytes() {
        return bytes;
    }

    /// Bytes that wait and count against the bound.
    long counted() {
        byte[] exempt = extra;
        return exempt == null ? bytes : bytes - exempt.length + (frames[head] == exempt ? offset : 0);
    }

    /// Adds a frame that is not to be dropped.
    void add(byte[] frame) {
        if (size == frames.length) {
            grow();
        }
        frames[index(size++)] = frame;
        bytes += frame.length;
    }

    /// Adds a frame that is not to be dropped, and that does not count if no other such frame waits.
    void addExtra(byte[] frame) {
        add(frame);
        if (extra == null) {
            extra = frame;
        }
    }

    /// Adds a frame that may be dropped.
    void add(byte[] frame, Subscription owner) {
        add(frame);
        own(owner);
        if (single != null) {
            single.remove(owner);
        }
    }

    /// Adds a frame to an empty outbox of which the first bytes are written already.
    void addPart(byte[] frame, int written) {
        add(frame);
        offset = written;
        bytes = frame.length - written;
    }

    /// Adds a frame in the place of all of its owner that are not begun. Costs the same however many frames
    /// wait, but for the first time.
    ///
    /// @return how many went
    int replace(byte[] frame, Subscription owner) {
        if (single == null) {
            single = new IdentityHashMap<>(2);
        }
        Long number = single.get(owner);
        if (number != null && number - headNumber >= firstUnbegun()) {
            int at = index((int) (number - headNumber));
            bytes += frame.length - frames[at].length;
            frames[at] = frame;
            return 1;
        }
        int dropped = drop(each -> each == owner);
        add(frame);
        own(owner);
        single.put(owner, headNumber + size - 1);
        return dropped;
    }

    /// Drops frames that have an owner, the oldest first, until no more bytes count than that. Of an owner that
    /// keeps a position, and so could not use what follows a gap, all go.
    ///
    /// @return how many went of each owner
    Map<Subscription, Integer> shrink(long target) {
        if (owners == null) {
            return Map.of();
        }
        IdentityHashMap<Subscription, Integer> lost = new IdentityHashMap<>(2);
        drop(owner -> {
            boolean goes = counted() > target || (owner.positioned() && lost.containsKey(owner));
            if (goes) {
                lost.merge(owner, 1, Integer::sum);
            }
            return goes;
        });
        return lost;
    }

    /// Drops all frames that are not begun.
    ///
    /// @return how many
    int dropUnbegun() {
        int kept = firstUnbegun();
        int dropped = size - kept;
        for (int i = kept; i < size; i++) {
            bytes -= frames[index(i)].length;
        }
        truncate(kept);
        single = null;
        extra = null;
        return dropped;
    }

    void clear() {
        truncate(0);
        offset = 0;
        bytes = 0;
        single = null;
        owed = null;
        extra = null;
    }

    /// Copies from the front as much as fits; nothing is taken out until [#consumed].
    void copyTo(ByteBuffer target) {
        int skip = offset;
        for (int i = 0; i < size && target.hasRemaining(); i++) {
            byte[] frame = frames[index(i)];
            target.put(frame, skip, Math.min(frame.length - skip, target.remaining()));
            skip = 0;
        }
    }

    /// Takes out what was written.
    void consumed(int count) {
        bytes -= count;
        int left = count;
        while (left > 0) {
            int first = frames[head].length - offset;
            if (left < first) {
                offset += left;
                return;
            }
            left -= first;
            offset = 0;
            remove();
        }
    }

    // ---- what clients are still to be told ----

    /// Notes that a subscription has lost something of which its client has not heard.
    ///
    /// @return false if that was noted already
    boolean owe(Subscription subscription) {
        if (owed == null) {
            owed = Collections.newSetFromMap(new IdentityHashMap<>(2));
        }
        return owed.add(subscription);
    }

    /// The subscriptions noted so far, which are forgotten.
    Set<Subscription> takeOwed() {
        Set<Subscription> taken = owed == null ? Set.of() : owed;
        owed = null;
        return taken;
    }

    // ---- the ring ----

    private int index(int place) {
        return (head + place) & (frames.length - 1);
    }

    private int firstUnbegun() {
        return offset > 0 ? 1 : 0;
    }

    /// Gives the last frame an owner.
    private void own(Subscription owner) {
        if (owners == null) {
            owners = new Subscription[frames.length];
        }
        owners[index(size - 1)] = owner;
    }

    @SuppressWarnings("NullAway")
    private void remove() {
        if (frames[head] == extra) {
            extra = null;
        }
        frames[head] = null;
        if (owners != null) {
            owners[head] = null;
        }
        head = index(1);
        headNumber++;
        size--;
    }

    @SuppressWarnings("NullAway")
    private int drop(Predicate<Subscription> drops) {
        if (owners == null) {
            return 0;
        }
        int kept = firstUnbegun();
        int before = size;
        for (int i = kept; i < before; i++) {
            int from = index(i);
            Subscription owner = owners[from];
            if (owner != null && drops.test(owner)) {
                bytes -= frames[from].length;
                if (single != null) {
                    single.remove(owner);
                }
                continue;
            }
            if (kept < i) {
                int to = index(kept);
                frames[to] = frames[from];
                owners[to] = owner;
                if (single != null && owner != null && single.containsKey(owner)) {
                    single.put(owner, headNumber + kept);
                }
            }
            kept++;
        }
        truncate(kept);
        return before - kept;
    }

    @SuppressWarnings("NullAway")
    private void truncate(int kept) {
        for (int i = kept; i < size; i++) {
            frames[index(i)] = null;
            if (owners != null) {
                owners[index(i)] = null;
            }
        }
        size = kept;
    }

    private void grow() {
        frames = straightened(frames, new byte[size * 2][]);
        if (owners != null) {
            owners = straightened(owners, new Subscription[size * 2]);
        }
        head = 0;
    }

    private <T extends @Nullable Object> T[] straightened(T[] from, T[] to) {
        int first = from.length - head;
        System.arraycopy(from, head, to, 0, first);
        System.arraycopy(from, 0, to, first, head);
        return to;
    }
}
