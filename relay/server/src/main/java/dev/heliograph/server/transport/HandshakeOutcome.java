package dev.heliograph.server.transport;

import dev.heliograph.server.guard.Refusal;

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
    /// 503: the node sends new clients elsewhere.
    DRAINING,
    /// 403: by a rule for its address.
    ADDRESS,
    /// 429: too many from where it comes.
    RATE,
    /// 429: too many are open from where it comes.
    COUNT,
    /// 503: too many come to this node at once.
    NODE_RATE,
    /// 503: the node has as many connections as it may.
    NODE_COUNT,
    /// Cut off before it said anything, because its address went on and on though it was refused.
    FLOOD,
    /// Cut off, because its head did not come in time.
    TIMEOUT,
    OTHER;

    static HandshakeOutcome of(Refusal.Cause cause) {
        return switch (cause) {
            case ADDRESS_DENIED, ADDRESS_BANNED -> ADDRESS;
            case RATE -> RATE;
            case COUNT -> COUNT;
            case NODE_RATE -> NODE_RATE;
            case NODE_COUNT -> NODE_COUNT;
            // Known only when the client has said who it is.
            case USER_BANNED, TOKEN_REVOKED -> OTHER;
        };
    }
}
