package dev.heliograph.server.drain;

/// The clients of this node, as a drain sees them. For one thread.
interface Herd {

    /// Asks one client that was not asked before to reconnect.
    ///
    /// @return false if all were
    boolean moveNext();

    /// Forgets who was asked: nobody will be asked any more.
    void release();

    /// Connections that are there. For any thread.
    int size();
}
