package dev.heliograph.server.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;

/// What a peer has not taken yet: references to shared frames and how far into the first one it is. Not threadsafe.
final class Outbox {

    private final ArrayDeque<byte[]> frames = new ArrayDeque<>(4);
    private int offset;
    private long bytes;

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /// Frames that wait, the begun one included.
    int frames() {
        return frames.size();
    }

    /// Bytes that wait.
    long bytes() {
        return bytes;
    }

    void add(byte[] frame) {
        frames.add(frame);
        bytes += frame.length;
    }

    /// Adds a frame to an empty outbox of which the first bytes are written already.
    void addPart(byte[] frame, int written) {
        frames.add(frame);
        offset = written;
        bytes = frame.length - written;
    }

    /// Copies from the front as much as fits; nothing is taken out until [#consumed].
    void copyTo(ByteBuffer target) {
        int skip = offset;
        for (Iterator<byte[]> each = frames.iterator(); each.hasNext() && target.hasRemaining(); ) {
            byte[] frame = each.next();
            target.put(frame, skip, Math.min(frame.length - skip, target.remaining()));
            skip = 0;
        }
    }

    /// Takes out what was written.
    void consumed(int count) {
        bytes -= count;
        int left = count;
        while (left > 0) {
            int first = frames.element().length - offset;
            if (left < first) {
                offset += left;
                return;
            }
            left -= first;
            offset = 0;
            frames.remove();
        }
    }

    /// Drops all frames that are not begun: the rest of a begun one must be written or the stream is broken.
    void dropUnbegun() {
        byte[] first = frames.peek();
        int begun = offset;
        frames.clear();
        bytes = 0;
        offset = 0;
        if (first != null && begun > 0) {
            addPart(first, begun);
        }
    }

    void clear() {
        frames.clear();
        bytes = 0;
        offset = 0;
    }
}
