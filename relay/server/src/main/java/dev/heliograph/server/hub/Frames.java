package dev.heliograph.server.hub;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Reply;
import dev.heliograph.server.websocket.FrameEncoder;

/// One reply as a WebSocket message: text for JSON, binary for Protobuf (protocol A.1).
public final class Frames {

    private Frames() {}

    public static byte[] of(Encoding encoding, Reply reply) {
        byte[] message = encoding.codec().encode(reply);
        return encoding == Encoding.JSON ? FrameEncoder.text(message) : FrameEncoder.binary(message);
    }
}
