package dev.heliograph.server.drain;

/// The clients of this node, as a drain sees them. For one thread.
interface Herd {

    /// Asks one client that was not asked before to reconnect.
    ///
    /// @return false if all were
    boolean moveNext();

    /// Connections that are there.
    int size();
}
