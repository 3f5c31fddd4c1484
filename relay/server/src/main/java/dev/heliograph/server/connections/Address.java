package dev.heliograph.server.connections;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;

/// IP addresses, written as numbers; an IPv4 address that is mapped into IPv6 is the IPv4 address. Nothing is
/// looked up.
final class Address {

    private Address() {}

    /// @return four bytes or sixteen; empty for what is no address
    static Optional<byte[]> parse(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        boolean six = literal.indexOf(':') >= 0;
        // "10.1" and "[::1]" are addresses, too, but hardly meant as such.
        boolean short4 = !six && literal.chars().filter(c -> c == '.').count() != 3;
        if (short4 || literal.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal).getAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// A text whose order is that of the addresses, IPv4 first.
    static String sortable(String text) {
        return parse(text)
                .map(bytes -> (bytes.length == 4 ? "4" : "6") + HexFormat.of().formatHex(bytes))
                .orElse(text);
    }

    /// The first bits of an address, the others zero.
    static byte[] prefix(byte[] address, int bits) {
        byte[] prefix = address.clone();
        for (int i = 0; i < prefix.length; i++) {
            int kept = Math.clamp(bits - i * 8L, 0, 8);
            prefix[i] &= (byte) (0xff << (8 - kept));
        }
        return prefix;
    }

    static String write(byte[] address) {
        try {
            InetAddress read = InetAddress.getByAddress(address);
            // Java writes every zero of an IPv6 address; the longest run of zeros is what people leave out.
            return read instanceof Inet6Address ? compressed(read.getHostAddress()) : read.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has four bytes or sixteen", e);
        }
    }

    private static String compressed(String full) {
        String best = "";
        for (String run = "0:0"; run.length() <= full.length(); run += ":0") {
            if ((":" + full + ":").contains(":" + run + ":")) {
                best = run;
            }
        }
        if (best.isEmpty()) {
            return full;
        }
        String around = ":" + full + ":";
        int at = around.indexOf(":" + best + ":");
        String left = around.substring(0, at);
        String right = around.substring(at + best.length() + 2);
        return (left.isEmpty() ? "" : left.substring(1)) + "::"
                + (right.isEmpty() ? "" : right.substring(0, right.length() - 1));
    }
}
