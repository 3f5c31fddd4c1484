package dev.heliograph.server.admin;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import java.util.List;

/// Who asks, and which nodes there are.
final class Nodes {

    /// @param from the address that the request comes from
    record WhoAmI(String name, String role, String from) {}

    /// @param started in Unix milliseconds
    /// @param cpu     of its process, in percent of one processor
    /// @param rss     resident bytes of its process
    record NodeRow(
            String id,
            String name,
            String address,
            String version,
            String colour,
            boolean self,
            long started,
            int clients,
            int users,
            int channels,
            int subscriptions,
            double cpu,
            long rss) {

        static NodeRow of(Node node, boolean self) {
            Node.Load load = node.load();
            return new NodeRow(
                    node.id(),
                    node.name(),
                    node.address(),
                    node.version(),
                    node.colour(),
                    self,
                    node.started(),
                    load.clients(),
                    load.users(),
                    load.channels(),
                    load.subscriptions(),
                    load.cpu(),
                    load.rss());
        }
    }

    record NodeList(List<NodeRow> nodes) {}

    private final Cluster cluster;

    Nodes(Cluster cluster) {
        this.cluster = cluster;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/whoami", "whoami", Role.VIEWER, "Who this token stands for.", List.of(), WhoAmI.class, call -> {
                            Operator operator = call.operator();
                            return new WhoAmI(operator.name(), operator.role().text(), operator.from());
                        }),
                Route.get(
                        "/v1/nodes",
                        "node.list",
                        Role.VIEWER,
                        "The nodes that are there, the one that answers first; what others carry is as old as their last"
                                + " heartbeat.",
                        List.of(),
                        NodeList.class,
                        _ -> list()));
    }

    NodeList list() {
        List<Node> nodes = cluster.nodes();
        return new NodeList(nodes.stream()
                .map(node -> NodeRow.of(node, node == nodes.getFirst()))
                .toList());
    }
}
