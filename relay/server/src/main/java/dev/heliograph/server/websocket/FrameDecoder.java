package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the frames of one client (RFC 6455 section 5): bytes in, events out, no I/O. Not threadsafe.
///
/// ```
///  HEADER ──2..14 bytes──► PAYLOAD ──its length──► HEADER
///     │                        ├──a close frame──► CLOSED (what follows is ignored)
///     └──── a violation ───────┴──WebSocketException──► CLOSED
/// ```
/// Strict where the RFC says MUST: masking, reserved bits and opcodes, minimal lengths, control frames, fragments,
/// close codes, UTF-8. Text fails at the first byte that cannot be UTF-8, in whatever fragment, complete or not. A
/// message over the limit is refused when a header announces it, before its payload.
///
/// Between messages no buffer is held. The buffer of a message grows with the bytes that have arrived, not with the
/// length that was announced, and each byte is copied a bounded number of times, however small the fragments are.
public final class FrameDecoder {

    private static final int MAX_HEADER = 14;
    private static final int MAX_CONTROL_PAYLOAD = 125;
    private static final byte[] NOTHING = new byte[0];

    private static final byte HEADER = 0;
    private static final byte PAYLOAD = 1;
    private static final byte CLOSED = 2;

    private final int maxMessageSize;

    private byte state = HEADER;

    /// The header as far as it has arrived; null between frames.
    private byte @Nullable [] header;

    private byte headerLength;

    // The frame that is being read.
    private byte opcode;
    private boolean fin;
    private int mask;
    private int frameLength;
    private int frameRead;

    /// The payload of a control frame that has not arrived whole.
    private byte @Nullable [] control;

    // The message that is being read; its opcode is 0 if there is none.
    private byte messageOpcode;
    private byte @Nullable [] message;
    private int messageLength;
    private int utf8 = Utf8.ACCEPT;

    /// @param maxMessageSize bytes of a message, all fragments together
    public FrameDecoder(int maxMessageSize) {
        if (maxMessageSize < 0) {
            throw new IllegalArgumentException("maxMessageSize is negative");
        }
        this.maxMessageSize = maxMessageSize;
    }

    /// Whether nothing is held: no part of a frame or message.
    public boolean idle() {
        return state != PAYLOAD && header == null && messageOpcode == 0;
    }

    /// Takes all bytes of a buffer.
    ///
    /// @throws WebSocketException if the peer broke the protocol; nothing is decoded after it
    public void decode(ByteBuffer in, FrameHandler handler) {
        while (in.hasRemaining()) {
            if (state == CLOSED) {
                in.position(in.limit());
                return;
            }
            if (state == HEADER && !readHeader(in)) {
                return;
            }
            if (Opcode.control(opcode)) {
                readControl(in, handler);
            } else {
                readData(in, handler);
            }
        }
    }

    /// @return whether the header is complete
    private boolean readHeader(ByteBuffer in) {
        byte[] bytes = header;
        if (bytes == null) {
            if (in.remaining() >= 2 && in.remaining() >= length(in.get(in.position() + 1) & 0x7F)) {
                parseHeader(in);
                return true;
            }
            header = bytes = new byte[MAX_HEADER];
            headerLength = 0;
        }
        while (in.hasRemaining()) {
            bytes[headerLength++] = in.get();
            // What the first two bytes get wrong is said at once, not when the rest has come.
            if (headerLength == 2) {
                check(bytes[0] & 0xFF, bytes[1] & 0xFF);
            }
            if (headerLength >= 2 && headerLength == length(bytes[1] & 0x7F)) {
                header = null;
                parseHeader(ByteBuffer.wrap(bytes, 0, headerLength));
                return true;
            }
        }
        return false;
    }

    private static int length(int shortLength) {
        return 2 + 4 + (shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0);
    }

    private void check(int first, int second) {
        int code = first & 0x0F;
        if ((first & 0x70) != 0) {
            throw violation("reserved bit set");
        }
        if (!Opcode.known(code)) {
            throw violation("reserved opcode");
        }
        if ((second & 0x80) == 0) {
            throw violation("frame not masked");
        }
        if (Opcode.control(code)) {
            if ((first & 0x80) == 0) {
                throw violation("fragmented control frame");
            }
            if ((second & 0x7F) > MAX_CONTROL_PAYLOAD) {
                throw violation("control frame too long");
            }
        } else if (code == Opcode.CONTINUATION && messageOpcode == 0) {
            throw violation("continuation of nothing");
        } else if (code != Opcode.CONTINUATION && messageOpcode != 0) {
            throw violation("new message inside a fragmented one");
        }
    }

    private void parseHeader(ByteBuffer in) {
        int first = in.get() & 0xFF;
        int second = in.get() & 0xFF;
        check(first, second);
        long length = second & 0x7F;
        if (length == 126) {
            length = number(in, 2);
            if (length < 126) {
                throw violation("length not minimal");
            }
        } else if (length == 127) {
            length = number(in, 8);
            if (length < 0) {
                throw violation("length over 63 bits");
            }
            if (length < 65_536) {
                throw violation("length not minimal");
            }
        }
        mask = (int) number(in, 4);
        opcode = (byte) (first & 0x0F);
        fin = (first & 0x80) != 0;
        if (!Opcode.control(opcode) && length > maxMessageSize - messageLength) {
            throw failure(CloseCode.TOO_BIG, "message too big");
        }
        frameLength = (int) length;
        frameRead = 0;
        state = PAYLOAD;
        if (opcode == Opcode.TEXT || opcode == Opcode.BINARY) {
            messageOpcode = opcode;
        }
    }

    /// A number in network order, whatever order the caller's buffer has.
    private static long number(ByteBuffer in, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = (number << 8) | (in.get() & 0xFF);
        }
        return number;
    }

    private void readControl(ByteBuffer in, FrameHandler handler) {
        byte[] payload = control;
        if (payload == null) {
            payload = frameLength == 0 ? NOTHING : new byte[frameLength];
        }
        int count = Math.min(frameLength - frameRead, in.remaining());
        in.get(payload, frameRead, count);
        Mask.apply(payload, frameRead, frameRead + count, mask, frameRead);
        frameRead += count;
        if (frameRead < frameLength) {
            control = payload;
            return;
        }
        control = null;
        state = HEADER;
        switch (opcode) {
            case Opcode.PING -> handler.onPing(payload);
            case Opcode.PONG -> handler.onPong(payload);
            default -> close(payload, handler);
        }
    }

    private void close(byte[] payload, FrameHandler handler) {
        if (payload.length == 1) {
            throw violation("close frame with one byte");
        }
        int code = CloseCode.NO_STATUS;
        if (payload.length >= 2) {
            code = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
            if (!CloseCode.valid(code)) {
                throw violation("invalid close code");
            }
            if (Utf8.validate(Utf8.ACCEPT, payload, 2, payload.length) != Utf8.ACCEPT) {
                throw failure(CloseCode.INVALID_PAYLOAD, "close reason is not UTF-8");
            }
        }
        end();
        String reason = payload.length > 2 ? new String(payload, 2, payload.length - 2, UTF_8) : "";
        handler.onClose(code, reason);
    }

    private void readData(ByteBuffer in, FrameHandler handler) {
        int count = Math.min(frameLength - frameRead, in.remaining());
        byte[] bytes = room(count);
        in.get(bytes, messageLength, count);
        Mask.apply(bytes, messageLength, messageLength + count, mask, frameRead);
        if (messageOpcode == Opcode.TEXT) {
            utf8 = Utf8.validate(utf8, bytes, messageLength, messageLength + count);
            if (utf8 == Utf8.REJECT) {
                throw failure(CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
            }
        }
        messageLength += count;
        frameRead += count;
        if (frameRead < frameLength) {
            return;
        }
        state = HEADER;
        if (!fin) {
            return;
        }
        if (utf8 != Utf8.ACCEPT) {
            throw failure(CloseCode.INVALID_PAYLOAD, "text ends inside a character");
        }
        boolean text = messageOpcode == Opcode.TEXT;
        byte[] whole = bytes.length == messageLength ? bytes : Arrays.copyOf(bytes, messageLength);
        message = null;
        messageLength = 0;
        messageOpcode = 0;
        handler.onMessage(text, whole);
    }

    /// The message's buffer with room for some more bytes. A message whose last frame is here whole gets a
    /// buffer of the exact size; else it at least doubles, bounded by what the message can still become.
    private byte[] room(int count) {
        byte[] bytes = message;
        int needed = messageLength + count;
        if (bytes == null) {
            bytes = needed == 0 ? NOTHING : new byte[needed];
        } else if (bytes.length < needed) {
            int bound = fin ? messageLength + frameLength - frameRead : maxMessageSize;
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(bound, bytes.length * 2L)));
        }
        message = bytes;
        return bytes;
    }

    private WebSocketException violation(String reason) {
        return failure(CloseCode.PROTOCOL_ERROR, reason);
    }

    private WebSocketException failure(int code, String reason) {
        end();
        return new WebSocketException(code, reason);
    }

    /// The connection may stay for a while to say goodbye; its buffers do not.
    private void end() {
        state = CLOSED;
        header = null;
        control = null;
        message = null;
        messageOpcode = 0;
    }
}
