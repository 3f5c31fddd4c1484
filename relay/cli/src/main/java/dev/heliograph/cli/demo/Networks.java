package dev.heliograph.cli.demo;

/// Where the clients of the demo come from: addresses that are set aside for documentation and tests (RFC 5737,
/// RFC 3849, RFC 2544) and nobody's. The relays are told them as by a proxy, so that no machine needs to have
/// them.
final class Networks {

    /// In which a proxy says it.
    static final String HEADER = "X-Forwarded-For";

    private static final int HOMES = 24;

    private Networks() {}

    /// The address of a user: one of 24 networks, some of them IPv6.
    static String home(int user) {
        int network = user % HOMES;
        int host = 10 + user / HOMES % 200;
        return switch (network) {
            case 0, 1 -> "192.0.2." + (network * 100 + host % 100);
            case 2, 3 -> "198.51.100." + (network % 2 * 100 + host % 100);
            case 4, 5, 6, 7 -> "2001:db8:%d::%x".formatted(network, host);
            default -> "198.18." + network + "." + host;
        };
    }

    /// An address of the network that misbehaves.
    static String bad(int host) {
        return "203.0.113." + (10 + host % 200);
    }
}
