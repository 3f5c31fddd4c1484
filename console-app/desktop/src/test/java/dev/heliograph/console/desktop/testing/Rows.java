package dev.heliograph.console.desktop.testing;

import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodeTraffic;
import java.util.List;

/// Rows as a cluster might tell them.
public final class Rows {

    private static final long GIB = 1L << 30;

    private Rows() {}

    /// Three relays, one of them of another colour.
    public static List<NodeRow> nodes() {
        return List.of(
                node("relay-1", "blue", "1.4.0", 4_102, 41),
                node("relay-2", "blue", "1.4.0", 4_010, 38),
                node("relay-3", "green", "1.5.0", 1_888, 22));
    }

    /// One relay, an hour old.
    ///
    /// @param cpu in percent of one processor, of four
    public static NodeRow node(String name, String colour, String version, int clients, double cpu) {
        return new NodeRow(
                name + "-id",
                name,
                "10.0.0.1:8000",
                version,
                colour,
                false,
                false,
                Toolkit.CLOCK.millis() - 3_600_000,
                clients,
                clients - 12,
                240,
                2 * clients,
                cpu,
                4,
                GIB,
                clients + 1_000,
                12);
    }

    /// The same node with this traffic.
    public static NodeRow with(NodeRow row, NodeTraffic traffic) {
        return new NodeRow(
                row.id(),
                row.name(),
                row.address(),
                row.version(),
                row.colour(),
                row.self(),
                row.draining(),
                row.started(),
                row.clients(),
                row.users(),
                row.channels(),
                row.subscriptions(),
                row.cpu(),
                row.processors(),
                row.rss(),
                row.handshakesAccepted() + traffic.published() / 20,
                row.handshakesRefused(),
                traffic);
    }
}
