package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Writes frames as a server does: whole messages, unmasked (RFC 6455 section 5.1).
public final class FrameEncoder {

    private static final int MAX_CONTROL_PAYLOAD = 125;
    private static final int MAX_REASON = MAX_CONTROL_PAYLOAD - 2;

    private FrameEncoder() {}

    /// A text message.
    ///
    /// @param payload valid UTF-8
    public static byte[] text(byte[] payload) {
        return frame(Opcode.TEXT, payload);
    }

    /// A binary message.
    public static byte[] binary(byte[] payload) {
        return frame(Opcode.BINARY, payload);
    }

    /// A ping of at most 125 bytes.
    public static byte[] ping(byte[] payload) {
        return control(Opcode.PING, payload);
    }

    /// A pong of at most 125 bytes.
    public static byte[] pong(byte[] payload) {
        return control(Opcode.PONG, payload);
    }

    /// A close frame. A code that must not be sent ([CloseCode#NO_STATUS]) makes an empty one; a reason over 123
    /// bytes is cut between two characters.
    public static byte[] close(int code, String reason) {
        if (!CloseCode.valid(code)) {
            return control(Opcode.CLOSE, new byte[0]);
        }
        byte[] text = reason.getBytes(UTF_8);
        int length = text.length;
        if (length > MAX_REASON) {
            length = MAX_REASON;
            while ((text[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        byte[] payload = new byte[2 + length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, length);
        return control(Opcode.CLOSE, payload);
    }

    /// Bytes before a payload of a length.
    public static int headerLength(int payloadLength) {
        return payloadLength < 126 ? 2 : payloadLength < 65_536 ? 4 : 10;
    }

    /// Writes the header of a whole message to an array that has room for its [#headerLength].
    ///
    /// @return where the payload begins
    public static int writeHeader(byte[] target, int at, boolean text, int payloadLength) {
        return header(target, at, text ? Opcode.TEXT : Opcode.BINARY, payloadLength);
    }

    private static byte[] control(int opcode, byte[] payload) {
        if (payload.length > MAX_CONTROL_PAYLOAD) {
            throw new IllegalArgumentException("a control frame has at most 125 bytes");
        }
        return frame(opcode, payload);
    }

    private static byte[] frame(int opcode, byte[] payload) {
        byte[] frame = new byte[headerLength(payload.length) + payload.length];
        int start = header(frame, 0, opcode, payload.length);
        System.arraycopy(payload, 0, frame, start, payload.length);
        return frame;
    }

    private static int header(byte[] target, int at, int opcode, int length) {
        int header = headerLength(length);
        int next = at;
        target[next++] = (byte) (0x80 | opcode);
        target[next++] = (byte) (header == 2 ? length : header == 4 ? 126 : 127);
        // The length's bytes, the highest first; those over an int are zero.
        for (int left = header - 3; left >= 0; left--) {
            target[next++] = left > 3 ? 0 : (byte) (length >>> (8 * left));
        }
        return next;
    }
}
