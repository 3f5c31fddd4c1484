package dev.heliograph.console.nodes;

import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodeTraffic;

/// What nodes have counted, or how fast they count: sums over nodes of one colour make sense.
///
/// @param accepted  handshakes
/// @param refused   handshakes, for want of room
/// @param delivered messages to subscribers
/// @param errors    commands and connections that failed
/// @param rejected  what rules, bans and limits did not admit
public record Counters(double accepted, double refused, double delivered, double errors, double rejected) {

    public static final Counters NONE = new Counters(0, 0, 0, 0, 0);

    static Counters of(NodeRow row) {
        NodeTraffic traffic = row.traffic();
        return traffic == null
                ? new Counters(row.handshakesAccepted(), row.handshakesRefused(), 0, 0, 0)
                : new Counters(
                        row.handshakesAccepted(),
                        row.handshakesRefused(),
                        traffic.delivered(),
                        traffic.errors(),
                        traffic.rejected());
    }

    Counters plus(Counters other) {
        return new Counters(
                accepted + other.accepted,
                refused + other.refused,
                delivered + other.delivered,
                errors + other.errors,
                rejected + other.rejected);
    }

    /// A second, since an earlier reading of the same process.
    Counters since(Counters before, double seconds) {
        return new Counters(
                (accepted - before.accepted) / seconds,
                (refused - before.refused) / seconds,
                (delivered - before.delivered) / seconds,
                (errors - before.errors) / seconds,
                (rejected - before.rejected) / seconds);
    }
}
