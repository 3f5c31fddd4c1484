package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Client frames (RFC 6455 section 5.3), with the masking key zero: the payload goes as it is.
public final class Masked {

    private Masked() {}

    public static byte[] text(String text) {
        byte[] payload = text.getBytes(UTF_8);
        int head = payload.length < 126 ? 2 : 4;
        byte[] frame = new byte[head + 4 + payload.length];
        frame[0] = (byte) 0x81;
        if (head == 2) {
            frame[1] = (byte) (0x80 | payload.length);
        } else {
            frame[1] = (byte) (0x80 | 126);
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, frame, head + 4, payload.length);
        return frame;
    }
}
