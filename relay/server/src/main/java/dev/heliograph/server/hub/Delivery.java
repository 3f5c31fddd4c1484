package dev.heliograph.server.hub;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import org.jspecify.annotations.Nullable;

/// One push of a channel on its way to the subscribers of this node, encoded at most once per encoding.
public final class Delivery {

    private final Push push;
    private final String epoch;
    private final long offset;
    private final long since;
    private byte @Nullable [] json;
    private byte @Nullable [] protobuf;

    /// @param epoch  of the offset, empty without history
    /// @param offset in the stream, 0 without history
    /// @param since  when it was published, by [System#nanoTime]
    Delivery(Push push, String epoch, long offset, long since) {
        this.push = push;
        this.epoch = epoch;
        this.offset = offset;
        this.since = since;
    }

    /// What it delivers.
    public Push push() {
        return push;
    }

    String channel() {
        return push.channel();
    }

    /// Whether it is a publication; joins and leaves go only to those who asked for them.
    boolean publication() {
        return push instanceof Push.Pub;
    }

    String epoch() {
        return epoch;
    }

    long offset() {
        return offset;
    }

    /// When it was published, by [System#nanoTime].
    long since() {
        return since;
    }

    /// About how long its frame is, in either encoding.
    int sizeHint() {
        return push instanceof Push.Pub pub ? pub.publication().data().length() + 256 : 512;
    }

    /// The WebSocket frame; shared by all subscribers, not to be changed.
    ///
    /// Two loops may encode the same push at the same time; both get the same bytes, so the race costs
    /// only the work.
    byte[] frame(Encoding encoding) {
        if (encoding == Encoding.JSON) {
            byte[] frame = json;
            if (frame == null) {
                json = frame = Frames.of(encoding, new Reply.Pushed(push));
            }
            return frame;
        }
        byte[] frame = protobuf;
        if (frame == null) {
            protobuf = frame = Frames.of(encoding, new Reply.Pushed(push));
        }
        return frame;
    }
}
