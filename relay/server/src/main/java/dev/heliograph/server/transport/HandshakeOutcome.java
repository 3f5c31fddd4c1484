package dev.heliograph.server.transport;

/// How a WebSocket handshake ended.
enum HandshakeOutcome {
    ACCEPTED,
    /// 405
    METHOD,
    /// 426: another version of the protocol.
    VERSION,
    /// 426: an ordinary request.
    NO_UPGRADE,
    /// 400
    KEY,
    /// 403
    ORIGIN,
    /// 503: the node has as many connections as it may, or they come too fast.
    FULL,
    /// Cut off, because its head did not come in time.
    TIMEOUT
}
