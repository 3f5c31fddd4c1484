package dev.heliograph.server.cluster;

/// Carries messages between nodes, at most once each or, where a failure left it unsure, more than once. Threadsafe.
public interface Bus extends AutoCloseable {

    /// Hears the messages. Must neither block nor throw.
    @FunctionalInterface
    interface Listener {
        void onMessage(byte[] message);
    }

    /// Begins to hear what is for all nodes and what is for this one; may come into force a while later. Called
    /// once.
    ///
    /// @param node the id of this node
    void start(String node, Listener listener);

    /// Sends to all nodes, this one too.
    ///
    /// @throws ClusterException if the message could not be handed over; some nodes may have it nevertheless
    void toAll(byte[] message);

    /// Sends to one node.
    ///
    /// @throws ClusterException as in [#toAll]
    void to(String node, byte[] message);

    @Override
    void close();

    /// The bus of a node that is alone.
    static Bus none() {
        return new Bus() {
            @Override
            public void start(String node, Listener listener) {}

            @Override
            public void toAll(byte[] message) {}

            @Override
            public void to(String node, byte[] message) {}

            @Override
            public void close() {}
        };
    }
}
