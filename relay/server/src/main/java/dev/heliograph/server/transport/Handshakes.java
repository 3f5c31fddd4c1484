package dev.heliograph.server.transport;

import java.util.concurrent.atomic.LongAdder;

/// Counts the WebSocket handshakes of a node since its start. Threadsafe.
public final class Handshakes {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    Handshakes() {}

    void accept() {
        accepted.increment();
    }

    void refuse() {
        refused.increment();
    }

    /// Those that were good and taken.
    public long accepted() {
        return accepted.sum();
    }

    /// Those that were good and not taken, since the node had no room for them. What it refuses while it drains
    /// is not among them.
    public long refused() {
        return refused.sum();
    }
}
