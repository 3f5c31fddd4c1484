package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// What is published under load: a JSON object of a chosen size that says of which topic it is, which number it has
/// there, and when it was due. Found again in whatever a server puts around it, without parsing that.
///
/// ```
/// {"hg":"TTTTTTNNNNNNNNNNDDDDDDDDDDDDDDDDDDDSSSSSSS","p":"xxxxx"}
/// ```
/// with the topic, the number, the time as of [System#nanoTime], and the size of all of it, in decimal digits.
final class Stamp {

    /// Takes what was found. The time is that of the payload.
    interface Sink {
        void found(int topic, int number, long due);
    }

    /// Below that there is no room for what it says.
    static final int LEAST = 64;

    /// Of its digits.
    static final int MOST = 9_999_999;

    private static final byte[] MARK = "{\"hg\":\"".getBytes(US_ASCII);
    private static final byte[] MIDDLE = "\",\"p\":\"".getBytes(US_ASCII);
    private static final int TOPIC = 6;
    private static final int NUMBER = 10;
    private static final int TIME = 19;
    private static final int SIZE = 7;
    private static final int HEAD = MARK.length + TOPIC + NUMBER + TIME + SIZE;

    private Stamp() {}

    /// @param size in bytes, from [#LEAST] to [#MOST]
    static byte[] payload(int topic, int number, long due, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'x');
        System.arraycopy(MARK, 0, bytes, 0, MARK.length);
        int at = digits(bytes, MARK.length, TOPIC, topic);
        at = digits(bytes, at, NUMBER, number);
        at = digits(bytes, at, TIME, due);
        at = digits(bytes, at, SIZE, size);
        System.arraycopy(MIDDLE, 0, bytes, at, MIDDLE.length);
        bytes[size - 2] = '"';
        bytes[size - 1] = '}';
        return bytes;
    }

    private static int digits(byte[] bytes, int from, int count, long value) {
        long rest = value;
        for (int i = from + count - 1; i >= from; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return from + count;
    }

    /// Finds all that are in a message.
    ///
    /// @return how many
    static int find(byte[] bytes, int from, int length, Sink sink) {
        int count = 0;
        int last = from + length - HEAD;
        for (int at = from; at <= last; ) {
            // One byte tells most places from the beginning of a stamp: braces are rare in what servers add.
            if (bytes[at] != '{' || bytes[at + 2] != 'h' || !Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length)) {
                at++;
                continue;
            }
            int topic = at + MARK.length;
            int number = topic + TOPIC;
            int time = number + NUMBER;
            int size = time + TIME;
            sink.found((int) value(bytes, topic, TOPIC), (int) value(bytes, number, NUMBER), value(bytes, time, TIME));
            count++;
            at += Math.max(HEAD, (int) value(bytes, size, SIZE));
        }
        return count;
    }

    private static long value(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return value;
    }
}
