package dev.heliograph.server.transport;

import dev.heliograph.server.config.IpAddresses;
import inet.ipaddr.IPAddress;
import inet.ipaddr.format.util.DualIPv4v6Tries;
import java.util.List;

/// `http_server.trusted_proxies`: from whom the relay believes whose connection it is. Immutable once made.
final class TrustedProxies {

    private final DualIPv4v6Tries networks = new DualIPv4v6Tries();

    /// @param networks addresses and CIDRs
    /// @throws IllegalArgumentException if one is neither
    TrustedProxies(List<String> networks) {
        for (String text : networks) {
            this.networks.add(IpAddresses.network(text)
                    .orElseThrow(() -> new IllegalArgumentException("neither an address nor a network: " + text)));
        }
    }

    boolean contains(IPAddress address) {
        return networks.elementContains(address);
    }
}
