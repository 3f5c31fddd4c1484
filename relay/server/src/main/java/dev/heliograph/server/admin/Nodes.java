package dev.heliograph.server.admin;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    /// @param traffic            what went through it; nothing if it is of a version that does not tell
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
            long handshakesRefused,
            @Nullable NodeTraffic traffic) {

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
                    load.refused(),
                    load.traffic().known() ? NodeTraffic.of(load.traffic()) : null);
        }
    }

    /// All but the percentiles are counts since the start of the node.
    ///
    /// @param published  publications of its clients and back ends that were accepted
    /// @param delivered  messages of channels that were handed to subscribers' connections
    /// @param bytesIn    that clients sent after their handshakes
    /// @param bytesOut   that were written to clients after their handshakes
    /// @param errors     commands answered with an error, save those that a limit refused, and connections
    ///     that ended for one
    /// @param rejected   what rules, bans and limits did not admit
    /// @param slow       connections that ended since their peer was too slow
    /// @param delayP50Ms of the deliveries of about the last ten seconds, from the call that published;
    ///     nothing if there were none
    record NodeTraffic(
            long published,
            long delivered,
            long bytesIn,
            long bytesOut,
            long errors,
            long rejected,
            long slow,
            @Nullable Double delayP50Ms,
            @Nullable Double delayP95Ms,
            @Nullable Double delayP99Ms) {

        static NodeTraffic of(Node.Traffic traffic) {
            return new NodeTraffic(
                    traffic.published(),
                    traffic.delivered(),
                    traffic.bytesIn(),
                    traffic.bytesOut(),
                    traffic.errors(),
                    traffic.rejected(),
                    traffic.slow(),
                    traffic.delayed() ? rounded(traffic.p50()) : null,
                    traffic.delayed() ? rounded(traffic.p95()) : null,
                    traffic.delayed() ? rounded(traffic.p99()) : null);
        }

        /// More than microseconds nobody knows.
        private static Double rounded(double millis) {
            return Math.round(millis * 1_000) / 1e3;
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
                        "The nodes that are there, the one that answers first; what others carry is as old as their"
                                + " last heartbeat.",
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
