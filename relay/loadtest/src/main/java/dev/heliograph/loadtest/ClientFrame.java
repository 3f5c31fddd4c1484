package dev.heliograph.loadtest;

/// Frames that a client sends (RFC 6455 section 5.2), with the masking key zero: the payload goes as it is.
final class ClientFrame {

    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PONG = 0xA;
    private static final int MASKED = 0x80;
    private static final int NORMAL = 1000;

    private ClientFrame() {}

    static byte[] text(byte[] payload) {
        return frame(TEXT, payload);
    }

    static byte[] binary(byte[] payload) {
        return frame(BINARY, payload);
    }

    static byte[] pong(byte[] payload) {
        return frame(PONG, payload);
    }

    /// The code 1000.
    static byte[] close() {
        return frame(CLOSE, new byte[] {(byte) (NORMAL >> 8), (byte) NORMAL});
    }

    private static byte[] frame(int opcode, byte[] payload) {
        int head = payload.length < 126 ? 2 : payload.length <= 0xFFFF ? 4 : 10;
        byte[] frame = new byte[head + 4 + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        frame[1] = (byte) (MASKED | (head == 2 ? payload.length : head == 4 ? 126 : 127));
        for (int i = head - 1, rest = payload.length; i > 1; i--, rest >>>= 8) {
            frame[i] = (byte) rest;
        }
        System.arraycopy(payload, 0, frame, head + 4, payload.length);
        return frame;
    }
}
