package dev.heliograph.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks for bytes in payloads eight at a time: every payload is gone over where it comes in and where it goes out.
///
/// In `(x - ONES) & ~x & HIGHS` the lowest bit set marks the first byte of `x` that is zero; with another subtrahend,
/// the first byte below it. Bits above that one mean nothing.
final class ByteScan {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = ONES << 7;

    private ByteScan() {}

    /// The first place from which on a JSON string is not plain: a quote, a backslash, a control character, or
    /// the beginning of a character beyond ASCII. May stop early, so the byte there is to be looked at.
    static int plainEnd(byte[] text, int from, int end) {
        int at = from;
        while (end - at >= Long.BYTES) {
            long word = (long) WORD.get(text, at);
            long quote = word ^ (ONES * '"');
            long backslash = word ^ (ONES * '\\');
            long found = (((quote - ONES) & ~quote)
                            | ((backslash - ONES) & ~backslash)
                            | ((word - ONES * ' ') & ~word)
                            | word)
                    & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        return at;
    }

    /// The first line feed or carriage return, or `end`.
    static int lineBreak(byte[] text, int from, int end) {
        int at = from;
        while (end - at >= Long.BYTES) {
            long word = (long) WORD.get(text, at);
            long feed = word ^ (ONES * '\n');
            long carriage = word ^ (ONES * '\r');
            long found = (((feed - ONES) & ~feed) | ((carriage - ONES) & ~carriage)) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
        return at;
    }
}
