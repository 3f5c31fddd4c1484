package dev.heliograph.console.testing;

import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodeTraffic;

/// Rows as a cluster might tell them.
public final class Samples {

    /// When all of them started, in Unix milliseconds: an hour before a [TestClock] begins.
    public static final long STARTED = 1_772_362_800_000L;

    private Samples() {}

    public static NodeRow node(String name, int clients, long refused) {
        return node(name, name + "-id", "1.0.0", "blue", clients, refused);
    }

    public static NodeRow node(String name, String id, String version, String colour, int clients, long refused) {
        return new NodeRow(
                id,
                name,
                "10.0.0.1:8000",
                version,
                colour,
                false,
                false,
                STARTED,
                clients,
                clients,
                3,
                2 * clients,
                12.5,
                4,
                300_000_000,
                clients + 100,
                refused);
    }

    /// A node of which a second's worth of traffic is known.
    public static NodeRow busy(String name, int clients, NodeTraffic traffic) {
        NodeRow row = node(name, clients, 0);
        return new NodeRow(
                row.id(),
                name,
                row.address(),
                row.version(),
                row.colour(),
                false,
                false,
                row.started(),
                clients,
                clients,
                3,
                2 * clients,
                row.cpu(),
                4,
                row.rss(),
                row.handshakesAccepted(),
                0,
                traffic);
    }

    public static ConnectionRow connection(String id, String user, String ip, double outRate) {
        return new ConnectionRow(
                id,
                user,
                ip,
                "n1",
                "n1-id",
                "blue",
                "js",
                "5.3.0",
                "json",
                "websocket",
                false,
                STARTED,
                STARTED,
                null,
                1,
                0,
                10,
                20,
                1_000,
                2_000,
                1,
                outRate,
                100,
                10 * outRate,
                1_000,
                12,
                300,
                false);
    }
}
