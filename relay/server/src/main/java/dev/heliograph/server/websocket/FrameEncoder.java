package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Writes frames as a server does: whole messages, unmasked (RFC 6455 section 5.1).
public final class FrameEncoder {

    private static final int MAX_CONTROL_PAYLOAD = 125;
    private static final int MAX_REASON = MAX_CONTROL_PAYLOAD - 2;

    private FrameEncoder() {}

    /// @param payload valid UTF-8
    public static byte[] text(byte[] payload) {
        return frame(Opcode.TEXT, payload);
    }

    public static byte[] binary(byte[] payload) {
        return frame(Opcode.BINARY, payload);
    }

    /// @param payload at most 125 bytes
    public static byte[] ping(byte[] payload) {
        return frame(Opcode.PING, payload);
    }

    /// @param payload at most 125 bytes
    public static byte[] pong(byte[] payload) {
        return frame(Opcode.PONG, payload);
    }

    /// A close frame. A code that must not be sent ([CloseCode#NO_STATUS]) makes an empty one; a reason over 123 bytes
    /// is cut between two characters.
    public static byte[] close(int code, String reason) {
        if (!CloseCode.valid(code)) {
            return frame(Opcode.CLOSE, new byte[0]);
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
        return frame(Opcode.CLOSE, payload);
    }

    /// Bytes before a payload of a length.
    public static int headerLength(int payloadLength) {
        return payloadLength < 126 ? 2 : payloadLength < 65_536 ? 4 : 10;
    }

    private static byte[] frame(int opcode, byte[] payload) {
        int length = payload.length;
        int header = headerLength(length);
        byte[] frame = new byte[header + length];
        frame[0] = (byte) (0x80 | opcode);
        switch (header) {
            case 2 -> frame[1] = (byte) length;
            case 4 -> {
                frame[1] = 126;
                frame[2] = (byte) (length >> 8);
                frame[3] = (byte) length;
            }
            default -> {
                frame[1] = 127;
                for (int i = 0; i < 4; i++) {
                    frame[6 + i] = (byte) (length >>> 24 - 8 * i);
                }
            }
        }
        System.arraycopy(payload, 0, frame, header, length);
        return frame;
    }
}
