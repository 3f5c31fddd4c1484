package dev.heliograph.console.cluster;

import dev.heliograph.console.api.Trust;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cluster as an operator has set it up.
///
/// @param name         not blank; no two clusters have the same
/// @param addresses    of the admin APIs of its nodes, at least one, `http` or `https`, without a slash at
///                     the end
/// @param trust        which certificates are accepted
/// @param prometheus   base address, for charts of more than this console has seen
/// @param matchers     what tells its relays from others in that Prometheus, in its language:
///                     `job="heliograph"`; may be empty
/// @param alertmanager base address, for the page of alerts
/// @param ansible      for steps of runbooks that run a playbook
public record Profile(
        String name,
        List<URI> addresses,
        Colour colour,
        Environment environment,
        Trust trust,
        Optional<URI> prometheus,
        String matchers,
        Optional<URI> alertmanager,
        Optional<Ansible> ansible) {

    public Profile {
        addresses = List.copyOf(addresses);
        if (name.isBlank() || addresses.isEmpty()) {
            throw new IllegalArgumentException("a cluster has a name and at least one address");
        }
    }

    /// Whether it has an address of another machine that the token would go to in the clear.
    public boolean sendsTokenInTheClear() {
        return addresses.stream().anyMatch(address -> "http".equals(address.getScheme()) && !isHere(address));
    }

    /// With these fingerprints confirmed, by `host:port`, besides or instead of those before.
    public Profile confirming(Map<String, String> fingerprints) {
        Map<String, String> all = new HashMap<>();
        if (trust instanceof Trust.Pinned pinned) {
            all.putAll(pinned.fingerprints());
        }
        all.putAll(fingerprints);
        return new Profile(
                name,
                addresses,
                colour,
                environment,
                new Trust.Pinned(all),
                prometheus,
                matchers,
                alertmanager,
                ansible);
    }

    private static boolean isHere(URI address) {
        String host = String.valueOf(address.getHost());
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
