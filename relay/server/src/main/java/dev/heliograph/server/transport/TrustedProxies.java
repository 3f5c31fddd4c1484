package dev.heliograph.server.transport;

import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.ip.IpPrefix;
import dev.heliograph.server.ip.PrefixTrie;
import java.util.List;

/// `http_server.trusted_proxies`: from whom the relay believes whose connection it is. Immutable once made.
final class TrustedProxies {

    private final PrefixTrie<Boolean> networks = new PrefixTrie<>();

    /// @param networks addresses and CIDRs
    /// @throws IllegalArgumentException if one is neither
    TrustedProxies(List<String> networks) {
        networks.forEach(text -> this.networks.put(IpPrefix.parse(text), true));
    }

    boolean contains(IpAddress address) {
        return networks.find(address).isPresent();
    }
}
