package dev.heliograph.server.connections;

/// What channels are sorted by.
public enum ChannelOrder {
    NAME,
    /// The most first.
    SUBSCRIBERS,
    /// Publications a second, the most first.
    IN_RATE,
    /// Publications a second to all subscribers together, the most first.
    OUT_RATE
}
