package dev.heliograph.loadtest;

import java.util.Arrays;

/// Frames that a client sends (RFC 6455 section 5.2), with the masking key zero: the payload goes as it is.
final class ClientFrame {

    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PONG = 0xA;
    private static final int MASKED = 0x80;
    private static final int NORMAL = 1000;

    private ClientFrame() {}

    static byte[] text(byte[] payload) {
        return frame(TEXT, payload);
    }

    static byte[] pong(byte[] payload) {
        return frame(PONG, payload);
    }

    /// The code 1000.
    static byte[] close() {
        return frame(CLOSE, new byte[] {(byte) (NORMAL >> 8), (byte) NORMAL});
    }

    private static byte[] frame(int opcode, byte[] payload) {
        int head = payload.length < 126 ? 2 : 4;
        if (payload.length > 0xFFFF) {
            throw new IllegalArgumentException("no client sends so much: " + payload.length);
        }
        byte[] frame = Arrays.copyOf(new byte[] {(byte) (0x80 | opcode), 0, 0, 0}, head + 4 + payload.length);
        if (head == 2) {
            frame[1] = (byte) (MASKED | payload.length);
        } else {
            frame[1] = (byte) (MASKED | 126);
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, frame, head + 4, payload.length);
        return frame;
    }
}
