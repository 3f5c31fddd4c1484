package dev.heliograph.client;

/// Where a token comes from. Asked on a virtual thread of its own, so it may block, for instance on an HTTP request; it
/// is interrupted when the token is no longer needed.
///
/// It is asked before the first use, when the server says that the token has expired, and in good time before it will.
@FunctionalInterface
public interface TokenSource {

    /// A token; for a connection it may be empty, to connect without one.
    ///
    /// @throws UnauthorizedException to give up: the connection or subscription ends
    /// @throws Exception             anything else is reported and tried again with backoff
    String token() throws Exception;
}
