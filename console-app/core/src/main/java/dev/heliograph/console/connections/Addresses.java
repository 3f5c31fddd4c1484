package dev.heliograph.console.connections;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// Addresses as texts whose order is theirs, IPv4 first.
final class Addresses {

    private Addresses() {}

    /// What is no address is in the order of texts, behind those that are.
    static String sortable(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return (address instanceof Inet4Address ? "4" : "6")
                    + HexFormat.of().formatHex(address.getAddress());
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
