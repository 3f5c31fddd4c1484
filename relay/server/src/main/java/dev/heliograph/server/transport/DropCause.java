package dev.heliograph.server.transport;

/// Why messages that waited for a peer were dropped.
enum DropCause {
    /// More waited than may: the connection ended with 3008.
    SLOW,
    /// The peer took nothing for too long: 3009.
    WRITE_TIMEOUT,
    /// The connection was lost, or ended at once.
    GONE
}
