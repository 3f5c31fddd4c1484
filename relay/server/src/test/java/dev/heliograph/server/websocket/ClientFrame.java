package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// A frame as a client writes it: whole and masked, unless told to break a rule. Immutable.
public final class ClientFrame {

    /// The masking key of the examples in RFC 6455 section 5.7.
    private static final int KEY = 0x37FA_213D;

    private final int opcode;
    private final byte[] payload;
    private final boolean fin;
    private final int reserved;
    private final boolean masked;
    private final int key;
    private final int lengthBytes;
    private final long length;

    private ClientFrame(
            int opcode,
            byte[] payload,
            boolean fin,
            int reserved,
            boolean masked,
            int key,
            int lengthBytes,
            long length) {
        this.opcode = opcode;
        this.payload = payload;
        this.fin = fin;
        this.reserved = reserved;
        this.masked = masked;
        this.key = key;
        this.lengthBytes = lengthBytes;
        this.length = length;
    }

    /// A frame of any opcode, known or not.
    public static ClientFrame of(int opcode, byte... payload) {
        int lengthBytes = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
        return new ClientFrame(opcode, payload.clone(), true, 0, true, KEY, lengthBytes, payload.length);
    }

    public static ClientFrame text(String text) {
        return of(Opcode.TEXT, text.getBytes(UTF_8));
    }

    public static ClientFrame text(byte... payload) {
        return of(Opcode.TEXT, payload);
    }

    public static ClientFrame binary(byte... payload) {
        return of(Opcode.BINARY, payload);
    }

    public static ClientFrame continuation(String text) {
        return of(Opcode.CONTINUATION, text.getBytes(UTF_8));
    }

    public static ClientFrame continuation(byte... payload) {
        return of(Opcode.CONTINUATION, payload);
    }

    public static ClientFrame ping(String text) {
        return of(Opcode.PING, text.getBytes(UTF_8));
    }

    public static ClientFrame pong(String text) {
        return of(Opcode.PONG, text.getBytes(UTF_8));
    }

    /// A close frame without a code.
    public static ClientFrame close() {
        return of(Opcode.CLOSE);
    }

    /// A close frame of any code, allowed or not.
    public static ClientFrame close(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return of(Opcode.CLOSE, payload);
    }

    /// The same without FIN: more fragments follow.
    public ClientFrame unfinished() {
        return new ClientFrame(opcode, payload, false, reserved, masked, key, lengthBytes, length);
    }

    /// The same with reserved bits: 4 is RSV1, 2 is RSV2, 1 is RSV3.
    public ClientFrame reserved(int bits) {
        return new ClientFrame(opcode, payload, fin, bits, masked, key, lengthBytes, length);
    }

    public ClientFrame unmasked() {
        return new ClientFrame(opcode, payload, fin, reserved, false, key, lengthBytes, length);
    }

    public ClientFrame key(int maskingKey) {
        return new ClientFrame(opcode, payload, fin, reserved, masked, maskingKey, lengthBytes, length);
    }

    /// The same with its length in 0, 2 or 8 extra bytes, minimal or not.
    public ClientFrame lengthIn(int bytes) {
        return new ClientFrame(opcode, payload, fin, reserved, masked, key, bytes, length);
    }

    /// The same with a header that announces another length than the payload has, in 8 extra bytes.
    public ClientFrame announcing(long announced) {
        return new ClientFrame(opcode, payload, fin, reserved, masked, key, 8, announced);
    }

    /// The frame on the wire.
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
        out.write((fin ? 0x80 : 0) | (reserved << 4) | opcode);
        int shortLength = lengthBytes == 0 ? (int) length : lengthBytes == 2 ? 126 : 127;
        out.write((masked ? 0x80 : 0) | shortLength);
        for (int left = lengthBytes - 1; left >= 0; left--) {
            out.write((int) (length >>> (8 * left)));
        }
        if (!masked) {
            out.writeBytes(payload);
            return out.toByteArray();
        }
        // Byte by byte, so that the relay's own unmasking is not tested against itself.
        for (int i = 0; i < 4; i++) {
            out.write(key >>> (24 - 8 * i));
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ (key >>> (24 - 8 * (i & 3))));
        }
        return out.toByteArray();
    }

    /// The frame's first bytes.
    public byte[] bytes(int count) {
        return Arrays.copyOf(bytes(), count);
    }

    /// Several frames in a row on the wire.
    public static byte[] join(ClientFrame... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ClientFrame frame : frames) {
            out.writeBytes(frame.bytes());
        }
        return out.toByteArray();
    }
}
