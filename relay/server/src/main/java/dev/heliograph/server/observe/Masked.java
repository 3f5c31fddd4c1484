package dev.heliograph.server.observe;

import dev.heliograph.protocol.Bytes;
import java.nio.charset.StandardCharsets;

/// The shape of a payload without what it says: letters are `x`, digits `0`, everything that is neither ASCII nor
/// printable `?`; punctuation stays, and so does the length, up to a bound.
public final class Masked {

    private static final int MAX_CHARS = 96;

    private Masked() {}

    public static String of(Bytes payload) {
        byte[] bytes = payload.array();
        int length = Math.min(bytes.length, MAX_CHARS);
        byte[] shape = new byte[length];
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
            boolean digit = b >= '0' && b <= '9';
            shape[i] = (byte) (letter ? 'x' : digit ? '0' : b >= ' ' && b < 127 ? b : '?');
        }
        String text = new String(shape, StandardCharsets.US_ASCII);
        return bytes.length > MAX_CHARS ? text + "..." : text;
    }
}
