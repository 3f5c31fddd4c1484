package dev.heliograph.server.ip;

import java.util.Optional;

/// A network: the addresses that share their first bits. An IPv4 network holds no IPv6 address and the other way round,
/// but for mapped ones, which are IPv4.
///
/// @param network its first address: the bits behind the prefix are zero
/// @param bits    of the prefix, of 128: an IPv4 `/8` has 104
public record IpPrefix(IpAddress network, int bits) implements Comparable<IpPrefix> {

    private static final int V4_OFFSET = 96;

    public IpPrefix {
        if (bits < 0 || bits > 128) {
            throw new IllegalArgumentException("a prefix has 0 to 128 bits");
        }
        network = new IpAddress(network.high() & highMask(bits), network.low() & lowMask(bits));
    }

    /// Reads an address or a network in CIDR notation; bits behind the prefix are cleared.
    ///
    /// @throws IllegalArgumentException if it is neither
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new IpPrefix(IpAddress.parse(text), 128);
        }
        String spelled = text.substring(0, slash);
        IpAddress address = IpAddress.parse(spelled);
        boolean dotted = spelled.indexOf(':') < 0;
        int most = dotted ? 32 : 128;
        int bits = number(text, slash + 1);
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("not a prefix length of 0 to " + most + ": " + text);
        }
        if (!dotted && address.isV4() && bits < V4_OFFSET) {
            throw new IllegalArgumentException(
                    "of a mapped address the first 96 bits only say that it is one: " + text);
        }
        return new IpPrefix(address, dotted ? V4_OFFSET + bits : bits);
    }

    /// The network that a text is, if it is one.
    public static Optional<IpPrefix> find(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The network of an address.
    ///
    /// @param bits of its family: up to 32 for IPv4
    public static IpPrefix of(IpAddress address, int bits) {
        return new IpPrefix(address, address.isV4() ? V4_OFFSET + bits : bits);
    }

    /// The number at the end of a text, without leading zeros and of three digits at most; -1 if there is none.
    private static int number(String text, int from) {
        int digits = text.length() - from;
        if (digits < 1 || digits > 3 || (text.charAt(from) == '0' && digits > 1)) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    public boolean isV4() {
        return bits >= V4_OFFSET && network.isV4();
    }

    public boolean contains(IpAddress address) {
        return (((address.high() ^ network.high()) & highMask(bits))
                                | ((address.low() ^ network.low()) & lowMask(bits)))
                        == 0
                && isV4() == address.isV4();
    }

    /// Sorts by family, then by network, the wider one first.
    @Override
    public int compareTo(IpPrefix other) {
        int order = Boolean.compare(other.isV4(), isV4());
        order = order != 0 ? order : Long.compareUnsigned(network.high(), other.network.high());
        order = order != 0 ? order : Long.compareUnsigned(network.low(), other.network.low());
        return order != 0 ? order : Integer.compare(bits, other.bits);
    }

    /// How many first bits two networks have in common, at most those of the shorter prefix.
    int common(IpPrefix other) {
        long high = network.high() ^ other.network.high();
        int same = high != 0
                ? Long.numberOfLeadingZeros(high)
                : 64 + Long.numberOfLeadingZeros(network.low() ^ other.network.low());
        return Math.min(same, Math.min(bits, other.bits));
    }

    private static long highMask(int bits) {
        return bits >= 64 ? -1L : bits == 0 ? 0 : -1L << (64 - bits);
    }

    private static long lowMask(int bits) {
        return bits <= 64 ? 0 : -1L << (128 - bits);
    }

    /// In CIDR notation; a single address without a length.
    @Override
    public String toString() {
        if (bits == 128) {
            return network.toString();
        }
        return network + "/" + (isV4() ? bits - V4_OFFSET : bits);
    }
}
