package dev.heliograph.server.drain;

import dev.heliograph.server.cluster.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The feedback of a drain: whether the nodes that take the clients keep up, by their heartbeats. Not threadsafe.
///
/// When together they refuse more than 0.5 % of the handshakes that come, or one of them uses more than 75 % of its
/// processors, the pace is halved, at each look as long as that lasts; then it grows by a twentieth of the set
/// point with each look.
final class Throttle {

    private static final double REFUSED = 0.005;
    private static final double CPU_PERCENT = 75;
    private static final double RECOVERY = 0.05;

    /// However bad it looks: a drain that stands still would never see that it is over.
    private static final double LEAST = 1.0 / 64;

    private record Handshakes(long accepted, long refused) {}

    private final Map<String, Handshakes> before = new HashMap<>();
    private double factor = 1;
    private String note = "";

    /// Looks at the other nodes; to be called about as often as they send heartbeats.
    void look(List<Node> others) {
        long accepted = 0;
        long refused = 0;
        String busy = "";
        for (Node node : others) {
            Node.Load load = node.load();
            Handshakes now = new Handshakes(load.accepted(), load.refused());
            Handshakes then = before.put(node.id(), now);
            if (node.draining()) {
                continue;
            }
            if (then != null) {
                accepted += Math.max(0, now.accepted - then.accepted);
                refused += Math.max(0, now.refused - then.refused);
            }
            if (load.cpu() / Math.max(1, load.processors()) > CPU_PERCENT) {
                busy = node.name() + " uses more than 75 % of its processors";
            }
        }
        if (refused > REFUSED * (accepted + refused)) {
            busy = "other nodes refuse clients";
        }
        if (busy.isEmpty()) {
            factor = Math.min(1, factor + RECOVERY);
            note = factor < 1 ? note : "";
        } else {
            factor = Math.max(LEAST, factor / 2);
            note = busy;
        }
    }

    /// The part of the set point at which to go on.
    double factor() {
        return factor;
    }

    /// Why it is less than all; else empty.
    String note() {
        return note;
    }
}
