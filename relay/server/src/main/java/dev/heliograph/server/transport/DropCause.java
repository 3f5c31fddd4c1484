package dev.heliograph.server.transport;

/// Why messages that waited for a peer were dropped, besides the policies of namespaces that drop some and go on.
enum DropCause {
    /// More waited than may: the connection ended with 3008.
    SLOW,
    /// The peer took nothing for too long: 3009.
    WRITE_TIMEOUT,
    /// The connection was lost, or ended at once.
    GONE;

    static final String METRIC = "heliograph_drops";

    static final String HELP =
            "Messages that waited for a peer and were dropped: since too many waited, since the peer took"
                    + " nothing for too long, since it was gone, or by the policy of their namespace.";
}
