package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/// An immutable run of bytes with value equality: a payload on its way from a publisher to sockets.
///
/// The bytes are opaque to the relay. In JSON mode they are the text of one JSON value; in Protobuf mode anything.
/// Neither [#of(byte[])] nor [#array()] copies: whoever passes an array in or takes it out must not change it.
public final class Bytes {

    /// No bytes at all: an absent `bytes` field on the wire.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = requireNonNull(array, "array");
    }

    /// Wraps, without a copy; the caller gives the array away.
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    /// A copy of a part of an array.
    public static Bytes copyOf(byte[] array, int from, int length) {
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(array, from, from + length));
    }

    /// The UTF-8 bytes of a text.
    public static Bytes utf8(String text) {
        return of(text.getBytes(UTF_8));
    }

    /// The array itself; not to be changed.
    public byte[] array() {
        return array;
    }

    public int length() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    /// The bytes read as UTF-8 text; malformed input is replaced.
    public String text() {
        return new String(array, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return "Bytes[" + array.length + "]";
    }
}
