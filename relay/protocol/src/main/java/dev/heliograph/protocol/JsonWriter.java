package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes JSON text. Members with zero values are left out, as the protocol wants it (A.3).
///
/// Every text is gone through twice: once to count its bytes, once to write them into an array of just that size. So
/// an array is allocated once, and a payload copied once, however large it is.
final class JsonWriter {

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    /// Absent while counting.
    private final byte @Nullable [] buffer;

    private int size;

    /// Whether the next member or element is the first of its object or array.
    private boolean first = true;

    private JsonWriter(byte @Nullable [] buffer) {
        this.buffer = buffer;
    }

    /// @param text writes the same whenever it is called
    static byte[] write(Consumer<JsonWriter> text) {
        JsonWriter counter = new JsonWriter(null);
        text.accept(counter);
        byte[] buffer = new byte[counter.size];
        text.accept(new JsonWriter(buffer));
        return buffer;
    }

    JsonWriter open(char bracket) {
        put(bracket);
        first = true;
        return this;
    }

    JsonWriter close(char bracket) {
        put(bracket);
        first = false;
        return this;
    }

    /// A member whose value comes next. Names of the protocol need no escapes.
    JsonWriter name(String name) {
        separate();
        put('"');
        ascii(name);
        put('"');
        put(':');
        return this;
    }

    /// A member with a name from outside.
    JsonWriter key(String name) {
        separate();
        quoted(name);
        put(':');
        return this;
    }

    /// Before an element of an array.
    JsonWriter element() {
        separate();
        return this;
    }

    private void separate() {
        if (first) {
            first = false;
        } else {
            put(',');
        }
    }

    JsonWriter object(String name) {
        return name(name).open('{');
    }

    JsonWriter text(String name, String value) {
        if (!value.isEmpty()) {
            name(name).quoted(value);
        }
        return this;
    }

    JsonWriter number(String name, long value) {
        if (value != 0) {
            name(name).ascii(Long.toString(value));
        }
        return this;
    }

    /// An unsigned 64-bit number in the bits of a `long`.
    JsonWriter uint64(String name, long value) {
        if (value != 0) {
            name(name).ascii(Long.toUnsignedString(value));
        }
        return this;
    }

    /// An unsigned 32-bit number in the bits of an `int`.
    JsonWriter uint32(String name, int value) {
        return number(name, Integer.toUnsignedLong(value));
    }

    JsonWriter flag(String name, boolean value) {
        if (value) {
            name(name).ascii("true");
        }
        return this;
    }

    /// A payload as it is, but for raw line breaks. In JSON they are nothing but white space, on the wire they
    /// end a message: spaces take their place.
    JsonWriter raw(String name, Bytes json) {
        if (json.isEmpty()) {
            return this;
        }
        name(name);
        int from = size;
        size += json.length();
        if (buffer != null) {
            System.arraycopy(json.array(), 0, buffer, from, json.length());
            for (int at = from; (at = ByteScan.lineBreak(buffer, at, size)) < size; ) {
                buffer[at] = ' ';
            }
        }
        return this;
    }

    JsonWriter quoted(String value) {
        put('"');
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                i += character(c, i + 1 < length ? value.charAt(i + 1) : 0);
            } else if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c < 0x20) {
                ascii("\\u00");
                put(HEX[c >> 4]);
                put(HEX[c & 0xF]);
            } else {
                put(c);
            }
        }
        put('"');
        return this;
    }

    /// A character in two to four bytes of UTF-8 (RFC 3629); a surrogate without its partner becomes a question
    /// mark.
    ///
    /// @return whether it took the next `char` too, 1 or 0
    private int character(char c, char next) {
        if (c < 0x800) {
            put(0xC0 | (c >> 6));
        } else if (!Character.isSurrogate(c)) {
            put(0xE0 | (c >> 12));
            put(tail(c >> 6));
        } else if (Character.isSurrogatePair(c, next)) {
            int point = Character.toCodePoint(c, next);
            put(0xF0 | (point >> 18));
            put(tail(point >> 12));
            put(tail(point >> 6));
            put(tail(point));
            return 1;
        } else {
            put('?');
            return 0;
        }
        put(tail(c));
        return 0;
    }

    private static int tail(int bits) {
        return 0x80 | (bits & 0x3F);
    }

    JsonWriter ascii(String value) {
        int length = value.length();
        if (buffer != null) {
            for (int i = 0; i < length; i++) {
                buffer[size + i] = (byte) value.charAt(i);
            }
        }
        size += length;
        return this;
    }

    private void put(int b) {
        if (buffer != null) {
            buffer[size] = (byte) b;
        }
        size++;
    }
}
