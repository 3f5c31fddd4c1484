package dev.heliograph.server.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Validates UTF-8 that arrives in pieces (RFC 3629), and fails at the first byte that cannot be part of it.
///
/// The state between two pieces is one `int`: [#ACCEPT] between characters, else how many continuation bytes are owed
/// and the range the next one must be in.
final class Utf8 {

    /// Between two characters.
    static final int ACCEPT = 0;

    /// No valid text.
    static final int REJECT = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /// The state after some more bytes.
    static int validate(int state, byte[] bytes, int from, int to) {
        int s = state;
        int at = from;
        while (at < to) {
            if (s == ACCEPT) {
                while (at + 8 <= to && ((long) LONGS.get(bytes, at) & NOT_ASCII) == 0) {
                    at += 8;
                }
                if (at == to) {
                    return ACCEPT;
                }
            }
            s = next(s, bytes[at++] & 0xFF);
            if (s == REJECT) {
                return REJECT;
            }
        }
        return s;
    }

    /// States: continuation bytes owed (1 to 3) in bits 16 and up, lower and upper bound of the next in two
    /// bytes.
    private static int next(int state, int b) {
        if (state == ACCEPT) {
            if (b < 0x80) {
                return ACCEPT;
            }
            if (b < 0xC2 || b > 0xF4) {
                return REJECT;
            }
            if (b < 0xE0) {
                return owed(1, 0x80, 0xBF);
            }
            return switch (b) {
                // No overlong forms, no surrogates, nothing above U+10FFFF.
                case 0xE0 -> owed(2, 0xA0, 0xBF);
                case 0xED -> owed(2, 0x80, 0x9F);
                case 0xF0 -> owed(3, 0x90, 0xBF);
                case 0xF4 -> owed(3, 0x80, 0x8F);
                default -> owed(b < 0xF0 ? 2 : 3, 0x80, 0xBF);
            };
        }
        int low = state >> 8 & 0xFF;
        int high = state & 0xFF;
        if (b < low || b > high) {
            return REJECT;
        }
        int left = (state >> 16) - 1;
        return left == 0 ? ACCEPT : owed(left, 0x80, 0xBF);
    }

    private static int owed(int count, int low, int high) {
        return count << 16 | low << 8 | high;
    }
}
