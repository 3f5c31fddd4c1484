package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A strict reader of JSON text (RFC 8259) in a byte array: values are read in order, and any value can be skipped or
/// cut out as the bytes it is, which is how payloads pass without being parsed into anything.
///
/// Own code, since this is the path of every message: it allocates nothing but what it returns, needs no recycled
/// buffers (which virtual threads do not share), and knows byte offsets exactly. Bounded in depth; malformed text is a
/// [ProtocolException].
final class JsonReader {

    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    private final byte[] text;
    private final int end;
    private int at;
    private int depth;

    JsonReader(byte[] text, int from, int length) {
        this.text = text;
        this.at = from;
        this.end = from + length;
    }

    static ProtocolException malformed(String detail) {
        return new ProtocolException(DisconnectCode.BAD_REQUEST, "malformed JSON: " + detail);
    }

    int position() {
        return at;
    }

    /// Whether only white space is left.
    boolean atEnd() {
        skipSpace();
        return at == end;
    }

    /// The next byte that is not white space, not consumed.
    int peek() {
        skipSpace();
        if (at == end) {
            throw malformed("unexpected end");
        }
        return text[at];
    }

    /// The delimiter between messages, and no other white space.
    void lineFeed() {
        if (at == end || text[at] != '\n') {
            throw malformed("expected a line feed between messages");
        }
        at++;
    }

    private void skipSpace() {
        while (at < end) {
            byte b = text[at];
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return;
            }
            at++;
        }
    }

    private void expect(int b) {
        if (peek() != b) {
            throw malformed("expected '" + (char) b + "'");
        }
        at++;
    }

    /// Enters an object or array.
    ///
    /// @return whether it has a first entry
    boolean enter(char open) {
        expect(open);
        if (++depth > Codec.Limits.MAX_DEPTH) {
            throw malformed("nested too deep");
        }
        return !closed(open == '{' ? '}' : ']');
    }

    /// Behind an entry.
    ///
    /// @return whether there is another one
    boolean more(char open) {
        if (closed(open == '{' ? '}' : ']')) {
            return false;
        }
        expect(',');
        return true;
    }

    private boolean closed(int close) {
        if (peek() == close) {
            at++;
            depth--;
            return true;
        }
        return false;
    }

    /// A member's name, and the colon behind it.
    String name() {
        String name = string();
        expect(':');
        return name;
    }

    /// A string; one that escapes make no text of Unicode, by half a surrogate pair, is refused.
    String string() {
        if (peek() != '"') {
            throw malformed("expected a string");
        }
        int start = at + 1;
        boolean escaped = skipString();
        String raw = new String(text, start, at - 1 - start, UTF_8);
        return escaped ? unescape(raw) : raw;
    }

    private static String unescape(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char e = raw.charAt(++i);
            switch (e) {
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> out.append(e);
            }
        }
        String string = out.toString();
        if (string.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw malformed("half a surrogate pair");
        }
        return string;
    }

    /// @return whether it has escapes
    private boolean skipString() {
        at++;
        boolean escaped = false;
        while (at < end) {
            int b = text[at];
            if (b == '"') {
                at++;
                return escaped;
            }
            if (b == '\\') {
                escaped = true;
                skipEscape();
            } else if (b >= 0x20) {
                at = ByteScan.plainEnd(text, at + 1, end);
            } else if (b < 0) {
                skipCharacter();
            } else {
                throw malformed("control character in a string");
            }
        }
        throw malformed("unterminated string");
    }

    private void skipEscape() {
        if (at + 1 >= end) {
            throw malformed("unterminated string");
        }
        switch (text[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at += 2;
            case 'u' -> {
                if (at + 6 > end) {
                    throw malformed("unterminated string");
                }
                for (int i = at + 2; i < at + 6; i++) {
                    if (Character.digit(text[i], 16) < 0) {
                        throw malformed("bad escape");
                    }
                }
                at += 6;
            }
            default -> throw malformed("bad escape");
        }
    }

    /// One character of two to four bytes of UTF-8 (RFC 3629): no overlong forms, no surrogates.
    private void skipCharacter() {
        int b = text[at] & 0xFF;
        int more = b >= 0xC2 && b <= 0xDF ? 1 : b >= 0xE0 && b <= 0xEF ? 2 : b >= 0xF0 && b <= 0xF4 ? 3 : 0;
        if (more == 0 || at + more >= end) {
            throw malformed("not UTF-8");
        }
        int second = text[at + 1] & 0xFF;
        int low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        int high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        boolean valid = second >= low && second <= high;
        for (int i = 2; i <= more; i++) {
            valid &= (text[at + i] & 0xC0) == 0x80;
        }
        if (!valid) {
            throw malformed("not UTF-8");
        }
        at += more + 1;
    }

    boolean bool() {
        int b = peek();
        literal(b == 't' ? "true" : "false");
        return b == 't';
    }

    /// Consumes a `null`, if there is one.
    boolean nothing() {
        if (peek() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    private void literal(String word) {
        int length = word.length();
        if (at + length > end) {
            throw malformed("bad literal");
        }
        for (int i = 0; i < length; i++) {
            if (text[at + i] != word.charAt(i)) {
                throw malformed("bad literal");
            }
        }
        at += length;
    }

    /// An unsigned 32-bit integer, in the bits of an `int`.
    int uint32() {
        return (int) integer(0, MAX_UINT32);
    }

    int int32() {
        return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    long int64() {
        return integer(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /// An integer in a range; fractions and exponents are refused.
    long integer(long min, long max) {
        peek();
        int start = at;
        skipNumber();
        try {
            String digits = new String(text, start, at - start, UTF_8);
            long value = Long.parseLong(digits);
            if (value < min || value > max) {
                throw malformed("number out of range");
            }
            return value;
        } catch (NumberFormatException _) {
            throw malformed("not an integer in range");
        }
    }

    /// An unsigned 64-bit integer, in the bits of a `long`.
    long uint64() {
        peek();
        int start = at;
        skipNumber();
        try {
            return Long.parseUnsignedLong(new String(text, start, at - start, UTF_8));
        } catch (NumberFormatException _) {
            throw malformed("not an unsigned integer");
        }
    }

    private void skipNumber() {
        if (at < end && text[at] == '-') {
            at++;
        }
        if (at < end && text[at] == '0') {
            at++;
        } else {
            digits();
        }
        if (at < end && text[at] == '.') {
            at++;
            digits();
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < end && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        int start = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed("bad number");
        }
    }

    /// Goes over any value, checking it.
    void skip() {
        switch (peek()) {
            case '{' -> {
                for (boolean more = enter('{'); more; more = more('{')) {
                    if (peek() != '"') {
                        throw malformed("expected a name");
                    }
                    skipString();
                    expect(':');
                    skip();
                }
            }
            case '[' -> {
                for (boolean more = enter('['); more; more = more('[')) {
                    skip();
                }
            }
            case '"' -> skipString();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> skipNumber();
        }
    }

    /// Cuts out a payload: any value, checked, as exactly the bytes it is. Its depth counts from 0, so that what
    /// is a payload in one message is one in every other, whatever stands around it.
    Bytes payload() {
        peek();
        int start = at;
        int around = depth;
        depth = 0;
        skip();
        depth = around;
        return Bytes.copyOf(text, start, at - start);
    }
}
