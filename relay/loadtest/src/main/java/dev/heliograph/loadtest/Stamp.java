package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// What is published under load: a JSON object of a chosen size that says of which topic it is, which number it has
/// there, and when it was due. Found again in whatever a server puts around it, without parsing that.
///
/// ```
/// {"hg":"TTTTTTTTNNNNNNNNSSSSSSSSDDDDDDDDDDDDDDDD","p":"xxxxx"}
/// ```
/// with the topic, the number, the size of all of it, and the time as of [System#nanoTime], in digits of four bits: the
/// letters from `@` for 0 to `O` for 15. Eight of them are read at once, since a generator that spends as long on a
/// delivery as the server measures itself.
final class Stamp {

    /// Takes what was found. The time is that of the payload.
    interface Sink {
        void found(int topic, int number, long due);

        /// A line of the message is an empty object, beside the stamps.
        default void emptyLine() {}
    }

    /// Below that there is no room for what it says.
    static final int LEAST = 64;

    /// What the servers under test take, and more.
    static final int MOST = 9_999_999;

    private static final byte[] MARK = "{\"hg\":\"".getBytes(US_ASCII);
    private static final byte[] MIDDLE = "\",\"p\":\"".getBytes(US_ASCII);
    /// Letters of a number of 32 bits.
    private static final int WORD = 8;

    private static final int HEAD = MARK.length + 5 * WORD;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long LETTERS = 0x4040404040404040L;
    private static final long LOW_HALVES = 0x0F0F0F0F0F0F0F0FL;
    private static final long BRACES = 0x7B7B7B7B7B7B7B7BL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Stamp() {}

    /// @param size in bytes, from [#LEAST] to [#MOST]
    static byte[] payload(int topic, int number, long due, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'x');
        System.arraycopy(MARK, 0, bytes, 0, MARK.length);
        int at = MARK.length;
        put(bytes, at, topic);
        put(bytes, at + WORD, number);
        put(bytes, at + 2 * WORD, size);
        put(bytes, at + 3 * WORD, (int) (due >>> 32));
        put(bytes, at + 4 * WORD, (int) due);
        System.arraycopy(MIDDLE, 0, bytes, HEAD, MIDDLE.length);
        bytes[size - 2] = '"';
        bytes[size - 1] = '}';
        return bytes;
    }

    private static void put(byte[] bytes, int at, int value) {
        EIGHT.set(bytes, at, LETTERS | Long.expand(value & 0xFFFF_FFFFL, LOW_HALVES));
    }

    private static int get(byte[] bytes, int at) {
        return (int) Long.compress((long) EIGHT.get(bytes, at), LOW_HALVES);
    }

    /// Finds all that are in a message.
    ///
    /// @return how many
    static int find(byte[] bytes, int from, int length, Sink sink) {
        int count = 0;
        int end = from + length;
        for (int at = brace(bytes, from, end); at < end - 1; at = brace(bytes, at, end)) {
            // Braces are rare in what servers add.
            if (at > end - HEAD
                    || bytes[at + 2] != 'h'
                    || !Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length)) {
                if (isEmptyLine(bytes, from, end, at)) {
                    sink.emptyLine();
                }
                at++;
                continue;
            }
            int word = at + MARK.length;
            int size = Math.max(HEAD, get(bytes, word + 2 * WORD));
            if (size > end - at) {
                break;
            }
            long due = (long) get(bytes, word + 3 * WORD) << 32 | get(bytes, word + 4 * WORD) & 0xFFFF_FFFFL;
            sink.found(get(bytes, word), get(bytes, word + WORD), due);
            count++;
            at += size;
        }
        return count;
    }

    /// Where the next opening brace is; the end if there is none.
    private static int brace(byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long other = (long) EIGHT.get(bytes, at) ^ BRACES;
            // The lowest byte that is zero gets its high bit for sure; those above it may get one for nothing, which
            // the loop below sorts out.
            if ((other - ONES & ~other & HIGH_BITS) != 0) {
                break;
            }
        }
        while (at < end && bytes[at] != '{') {
            at++;
        }
        return Math.min(at, end);
    }

    /// Whether a line of a message is an empty object, alone or between others.
    static boolean hasEmptyLine(byte[] bytes, int from, int length) {
        for (int at = from; at < from + length - 1; at++) {
            if (isEmptyLine(bytes, from, from + length, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmptyLine(byte[] bytes, int from, int end, int at) {
        return bytes[at] == '{'
                && bytes[at + 1] == '}'
                && (at == from || bytes[at - 1] == '\n')
                && (at + 2 == end || bytes[at + 2] == '\n');
    }
}
