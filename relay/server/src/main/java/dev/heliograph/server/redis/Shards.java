package dev.heliograph.server.redis;

import java.util.List;

/// A number of Redis that share the partitions and never exchange them: one, several, or a master behind sentinels,
/// whose address may change.
record Shards(List<Node> nodes) implements Topology {

    Shards {
        nodes = List.copyOf(nodes);
    }

    @Override
    public Commands commands(int partition) {
        return node(partition).commands();
    }

    @Override
    public Subscriptions subscriptions(int partition) {
        return node(partition).subscriber();
    }

    private Node node(int partition) {
        return nodes.get(JumpHash.bucket(partition, nodes.size()));
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }
}
