package dev.heliograph.server.connections;

import java.util.HexFormat;
import java.util.Optional;

/// A range of addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`, or one address.
///
/// @param prefix the first bits in hexadecimal, the others zero
/// @param length of an address, in bytes
record Cidr(String prefix, int bits, int length) {

    /// Bits behind the slash that are set are ignored, as in `10.1.2.3/8`.
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return Address.parse(address).flatMap(bytes -> {
            int all = bytes.length * 8;
            if (slash < 0) {
                return Optional.of(of(bytes, all));
            }
            String number = text.substring(slash + 1);
            if (!number.matches("[0-9]{1,3}")) {
                return Optional.empty();
            }
            // Of a mapped address the first 96 bits say only that it is one.
            boolean mapped = bytes.length == 4 && address.indexOf(':') >= 0;
            int bits = Integer.parseInt(number) - (mapped ? 96 : 0);
            return bits < 0 || bits > all ? Optional.empty() : Optional.of(of(bytes, bits));
        });
    }

    private static Cidr of(byte[] address, int bits) {
        return new Cidr(HexFormat.of().formatHex(Address.prefix(address, bits)), bits, address.length);
    }

    boolean contains(byte[] address) {
        return address.length == length
                && HexFormat.of().formatHex(Address.prefix(address, bits)).equals(prefix);
    }

    @Override
    public String toString() {
        return Address.write(HexFormat.of().parseHex(prefix)) + "/" + bits;
    }
}
