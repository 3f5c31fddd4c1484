package dev.heliograph.console.nodes;

import dev.heliograph.console.wire.NodeRow;

/// What nodes have counted, or how fast they count: sums over nodes of one colour make sense.
///
/// @param accepted handshakes
/// @param refused  handshakes, for want of room
public record Counters(double accepted, double refused) {

    public static final Counters NONE = new Counters(0, 0);

    static Counters of(NodeRow row) {
        return new Counters(row.handshakesAccepted(), row.handshakesRefused());
    }

    Counters plus(Counters other) {
        return new Counters(accepted + other.accepted, refused + other.refused);
    }

    /// A second, since an earlier reading of the same process.
    Counters since(Counters before, double seconds) {
        return new Counters((accepted - before.accepted) / seconds, (refused - before.refused) / seconds);
    }

    /// The share of handshakes that are refused, of 1; nothing if there are none.
    public double refusedShare() {
        double all = accepted + refused;
        return all > 0 ? refused / all : 0;
    }
}
