package dev.heliograph.server.hub;

import dev.heliograph.protocol.Encoding;
import java.nio.ByteBuffer;
import java.util.List;

/// Frames that go to many subscribers in one write: each as its own array for those who take a part, and all of them
/// one after the other in one direct buffer for those who take the whole.
public final class Batch {

    private final byte[][] frames;
    private final int[] starts;
    private final ByteBuffer buffer;
    private final boolean publications;

    private Batch(byte[][] frames, int[] starts, ByteBuffer buffer, boolean publications) {
        this.frames = frames;
        this.starts = starts;
        this.buffer = buffer;
        this.publications = publications;
    }

    /// @param run    not empty; publications only, or one other delivery
    /// @param target filled with the frames if they fit, else a buffer is made for this batch
    static Batch of(List<Delivery> run, Encoding encoding, ByteBuffer target) {
        int count = run.size();
        byte[][] frames = new byte[count][];
        int[] starts = new int[count];
        int length = 0;
        for (int i = 0; i < count; i++) {
            frames[i] = run.get(i).frame(encoding);
            starts[i] = length;
            length += frames[i].length;
        }
        ByteBuffer buffer = length <= target.capacity() ? target : ByteBuffer.allocate(length);
        buffer.clear();
        for (byte[] frame : frames) {
            buffer.put(frame);
        }
        buffer.flip();
        return new Batch(frames, starts, buffer, run.getFirst().publication());
    }

    /// Whether it is made of publications, not of a join or a leave.
    public boolean publications() {
        return publications;
    }

    public int frames() {
        return frames.length;
    }

    public byte[] frame(int index) {
        return frames[index];
    }

    /// The bytes from one frame to the end. One buffer for all callers: to be used at once and not kept.
    public ByteBuffer bytes(int from) {
        return buffer.position(starts[from]);
    }
}
