package dev.heliograph.server.session;

/// Something that happened to a connection.
///
/// @param at     Unix milliseconds
/// @param code   of an error, an unsubscribe or a disconnect; else 0
/// @param detail the channel of a subscription, the message of an error, the reason of a disconnect; else empty
/// @param by     who made it happen: `client`, `relay`, or whoever asked the relay to; may be empty
public record Event(long at, Kind kind, int code, String detail, String by) {

    /// What it was.
    public enum Kind {
        /// The WebSocket handshake was done.
        HANDSHAKE,
        /// The client connected.
        CONNECT,
        SUBSCRIBE,
        UNSUBSCRIBE,
        /// Expiry or info of the connection changed.
        REFRESH,
        /// A command was answered with an error.
        ERROR,
        DISCONNECT
    }
}
