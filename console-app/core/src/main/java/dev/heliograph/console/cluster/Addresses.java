package dev.heliograph.console.cluster;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Addresses as operators write them.
final class Addresses {

    private Addresses() {}

    /// The base address that a text means: `relay-1.example:8010` is `http://relay-1.example:8010`. Empty if it
    /// is none.
    static Optional<URI> parse(String text) {
        String stripped = text.strip();
        String whole = stripped.contains("://") ? stripped : "http://" + stripped;
        try {
            URI uri = new URI(whole.replaceFirst("/+$", ""));
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean base = uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null;
            boolean port = uri.getPort() != 0 && uri.getPort() <= 65_535;
            return web && base && port && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
