package dev.heliograph.server.transport;

import dev.heliograph.server.session.Link;

/// Makes the session of a client connection whose handshake is done; called on the thread of the connection's loop.
@FunctionalInterface
public interface SessionFactory {

    /// @param nativePing whether the client asked for WebSocket pings instead of the protocol's
    Link.Handler create(Link link, boolean nativePing);
}
