package dev.heliograph.server.session;

import com.github.benmanes.caffeine.cache.Interner;

/// What a client says that it is, in its connect request. Connections of one version share one instance, which
/// goes when the last of them does.
///
/// @param name    of the library or application, as told, cut at [#MAX_LENGTH]; empty if untold
/// @param version likewise
record ClientSoftware(String name, String version) {

    /// Ample for the names that SDKs give; a client is free to send much more.
    static final int MAX_LENGTH = 64;

    static final ClientSoftware UNKNOWN = new ClientSoftware("", "");

    private static final Interner<ClientSoftware> KNOWN = Interner.newWeakInterner();

    static ClientSoftware of(String name, String version) {
        return name.isEmpty() && version.isEmpty()
                ? UNKNOWN
                : KNOWN.intern(new ClientSoftware(cut(name), cut(version)));
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
