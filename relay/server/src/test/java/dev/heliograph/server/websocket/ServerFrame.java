package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// A frame as a server wrote it, unchecked but for its mask, which a server must not use.
public final class ServerFrame {

    private final boolean fin;
    private final int reserved;
    private final int opcode;
    private final byte[] payload;

    ServerFrame(boolean fin, int reserved, int opcode, byte[] payload) {
        this.fin = fin;
        this.reserved = reserved;
        this.opcode = opcode;
        this.payload = payload;
    }

    public boolean fin() {
        return fin;
    }

    /// The reserved bits: 4 is RSV1, 2 is RSV2, 1 is RSV3.
    public int reserved() {
        return reserved;
    }

    public boolean isText() {
        return opcode == Opcode.TEXT;
    }

    public boolean isBinary() {
        return opcode == Opcode.BINARY;
    }

    public boolean isPing() {
        return opcode == Opcode.PING;
    }

    public boolean isPong() {
        return opcode == Opcode.PONG;
    }

    public boolean isClose() {
        return opcode == Opcode.CLOSE;
    }

    public byte[] payload() {
        return payload.clone();
    }

    /// The payload as text.
    public String text() {
        return utf8(0);
    }

    /// The code of a close frame; 1005 if it has none.
    public int closeCode() {
        expect(isClose(), "a close frame");
        if (payload.length == 0) {
            return CloseCode.NO_STATUS;
        }
        expect(payload.length >= 2, "a close code of two bytes");
        return ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }

    /// The reason of a close frame.
    public String closeReason() {
        expect(isClose(), "a close frame");
        return payload.length <= 2 ? "" : utf8(2);
    }

    private String utf8(int from) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(payload, from, payload.length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8: " + this, e);
        }
    }

    private void expect(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("expected %s, but it is %s".formatted(what, this));
        }
    }

    @Override
    public String toString() {
        String kind = switch (opcode) {
            case Opcode.CONTINUATION -> "continuation";
            case Opcode.TEXT -> "text";
            case Opcode.BINARY -> "binary";
            case Opcode.CLOSE -> "close";
            case Opcode.PING -> "ping";
            case Opcode.PONG -> "pong";
            default -> "opcode " + opcode;
        };
        boolean code = isClose() && payload.length >= 2;
        String shown = new String(payload, code ? 2 : 0, Math.min(payload.length - (code ? 2 : 0), 200), UTF_8);
        return "%s%s of %d bytes%s: %s"
                .formatted(fin ? "" : "unfinished ", kind, payload.length, code ? " " + closeCode() : "", shown);
    }
}
