package dev.heliograph.server.observe;

/// Whom a line of the log or a followed event is about: one connection and its user.
public interface About {

    /// The id of the connection.
    String id();

    /// Empty for an anonymous user, and before it is known.
    String user();

    /// The client's address, without a port.
    String remoteAddress();
}
