package dev.heliograph.server.ip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IP address of either family in 128 bits. IPv4 addresses are kept as IPv6 addresses that are mapped
/// (`::ffff:10.0.0.1`, RFC 4291 section 2.5.5.2), so that both spellings of one are the same here.
public record IpAddress(long high, long low) {

    private static final long MAPPED = 0xFFFFL;

    /// The longest text of an address (RFC 4291 section 2.2).
    private static final int MAX_TEXT = 45;

    private static final Pattern ZONE = Pattern.compile("%[-\\w.]{1,32}");

    /// Reads an address as text: never a name, no zone, no number that could be octal, since others might read
    /// them differently.
    ///
    /// @throws IllegalArgumentException if it is none
    public static IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            return new IpAddress(0, MAPPED << 32 | dotted(text));
        }
        if (text.indexOf('%') >= 0) {
            throw new IllegalArgumentException("an address with a zone means nothing on another host: " + text);
        }
        if (text.indexOf('[') >= 0 || text.length() > MAX_TEXT) {
            throw none(text);
        }
        if (text.indexOf('.') >= 0) {
            dotted(text.substring(text.lastIndexOf(':') + 1));
        }
        try {
            return of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            throw none(text);
        }
    }

    /// The address that a text from elsewhere is, if it is one; the zone of an IPv6 address is dropped.
    public static Optional<IpAddress> find(String text) {
        int zone = text.indexOf(':') < 0 ? -1 : text.indexOf('%');
        if (zone >= 0 && !ZONE.matcher(text).region(zone, text.length()).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(zone < 0 ? text : text.substring(0, zone)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Four numbers up to 255 without leading zeros.
    private static long dotted(String text) {
        long address = 0;
        int number = -1;
        int numbers = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && number >= 0 && numbers < 4) {
                address = address << 8 | number;
                number = -1;
                numbers++;
            } else if (c >= '0' && c <= '9' && number != 0) {
                number = Math.max(0, number) * 10 + c - '0';
                if (number > 255) {
                    throw none(text);
                }
            } else {
                throw none(text);
            }
        }
        if (number < 0 || numbers < 4) {
            throw none(text);
        }
        return address << 8 | number;
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException("not an IP address: " + text);
    }

    /// The address of a socket's other end, without a look at what its name might be.
    public static IpAddress ofPeer(SocketAddress peer) {
        return of(((InetSocketAddress) peer).getAddress());
    }

    public static IpAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == 4
                ? new IpAddress(0, MAPPED << 32 | (bytes.getInt() & 0xFFFF_FFFFL))
                : new IpAddress(bytes.getLong(), bytes.getLong());
    }

    public boolean isV4() {
        return high == 0 && low >>> 32 == MAPPED;
    }

    /// The address whose holder pays for what this one does: of IPv6 the first 64 bits, since the rest is for
    /// one host to choose as it likes.
    public IpAddress holder() {
        return isV4() || low == 0 ? this : new IpAddress(high, 0);
    }

    /// The usual text: RFC 5952 for IPv6.
    @Override
    public String toString() {
        return isV4() ? v4() : v6();
    }

    private String v4() {
        return (low >>> 24 & 0xFF) + "." + (low >>> 16 & 0xFF) + "." + (low >>> 8 & 0xFF) + "." + (low & 0xFF);
    }

    private String v6() {
        int zerosAt = -1;
        int zeros = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - i > zeros) {
                zerosAt = i;
                zeros = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder(40);
        for (int i = 0; i < 8; i++) {
            if (i == zerosAt) {
                text.append("::");
                i += zeros - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }

    private int group(int index) {
        return (int) ((index < 4 ? high >>> (48 - 16 * index) : low >>> (112 - 16 * index)) & 0xFFFF);
    }
}
