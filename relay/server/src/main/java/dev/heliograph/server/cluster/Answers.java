package dev.heliograph.server.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What the nodes have said to one question.
///
/// @param byNode   the answers, by the id of the node
/// @param failures why nodes gave none, in words
/// @param vanished nodes that were there when it was asked, and gave no sign of life since
public record Answers<A>(Map<String, A> byNode, List<String> failures, List<Node> vanished) {
    public Answers {
        byNode = Map.copyOf(byNode);
        failures = List.copyOf(failures);
        vanished = List.copyOf(vanished);
    }

    /// The answers, in no order.
    ///
    /// @throws ClusterException if a node that is there has not answered as it should
    public Collection<A> all() {
        if (!failures.isEmpty()) {
            throw new ClusterException(String.join("; ", failures));
        }
        return byNode.values();
    }

    /// The nodes that have given no answer, in words.
    public List<String> missing() {
        List<String> missing = new ArrayList<>(failures);
        vanished.forEach(node -> missing.add(node.name() + " has vanished"));
        return missing;
    }
}
