package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Writes JSON text into a growing array. Members with zero values are left out, as the protocol wants it (A.3).
final class JsonWriter {

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private byte[] buffer;
    private int size;

    /// Whether the next member or element is the first of its object or array.
    private boolean first = true;

    JsonWriter(int capacity) {
        buffer = new byte[capacity];
    }

    byte[] toBytes() {
        return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
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

    JsonWriter unsigned(String name, long value) {
        if (value != 0) {
            name(name).ascii(Long.toUnsignedString(value));
        }
        return this;
    }

    JsonWriter flag(String name, boolean value) {
        if (value) {
            name(name).ascii("true");
        }
        return this;
    }

    /// A payload, as it is.
    JsonWriter raw(String name, Bytes json) {
        if (!json.isEmpty()) {
            name(name).append(json.array());
        }
        return this;
    }

    JsonWriter quoted(String value) {
        put('"');
        byte[] utf8 = value.getBytes(UTF_8);
        for (byte b : utf8) {
            if (b == '"' || b == '\\') {
                put('\\');
                put(b);
            } else if (b >= 0 && b < 0x20) {
                ascii("\\u00");
                put(HEX[b >> 4]);
                put(HEX[b & 0xF]);
            } else {
                put(b);
            }
        }
        put('"');
        return this;
    }

    JsonWriter ascii(String value) {
        int length = value.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            buffer[size++] = (byte) value.charAt(i);
        }
        return this;
    }

    private void append(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void put(int b) {
        ensure(1);
        buffer[size++] = (byte) b;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
