package dev.heliograph.server.admin;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import java.util.List;

/// Who asks, and which nodes there are.
final class Nodes {

    /// @param from the address that the request comes from
    record WhoAmI(String name, String role, String from) {}

    /// @param draining           whether it sends new clients elsewhere
    /// @param started            in Unix milliseconds
    /// @param cpu                of its process, in percent of one processor
    /// @param processors         that it may use
    /// @param rss                resident bytes of its process
    /// @param handshakesAccepted since its start
    /// @param handshakesRefused  since its start, for want of room
    record NodeRow(
            String id,
            String name,
            String address,
            String version,
            String colour,
            boolean self,
            boolean draining,
            long started,
            int clients,
            int users,
            int channels,
            int subscriptions,
            double cpu,
            int processors,
            long rss,
            long handshakesAccepted,
            long handshakesRefused) {

        static NodeRow of(Node node, boolean self) {
            Node.Load load = node.load();
            return new NodeRow(
                    node.id(),
                    node.name(),
                    node.address(),
                    node.version(),
                    node.colour(),
                    self,
                    node.draining(),
                    node.started(),
                    load.clients(),
                    load.users(),
                    load.channels(),
                    load.subscriptions(),
                    load.cpu(),
                    load.processors(),
                    load.rss(),
                    load.accepted(),
                    load.refused());
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
                        "/v1/whoami",
                        "whoami",
                        Role.VIEWER,
                        "Who this token stands for.",
                        List.of(),
                        WhoAmI.class,
                        call -> {
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
