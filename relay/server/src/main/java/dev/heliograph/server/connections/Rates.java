package dev.heliograph.server.connections;

import dev.heliograph.server.session.Link;

/// How much a connection carried a second.
///
/// @param in       messages from the client
/// @param out      messages to the client
/// @param windowMs the time they are an average of; at least 1
record Rates(double in, double out, double inBytes, double outBytes, long windowMs) {

    static final Link.Figures NOTHING = new Link.Figures(0, 0, 0, 0, 0, 0, false, false);

    /// Of what came between two moments.
    static Rates between(Link.Figures before, Link.Figures after, long nanos) {
        double seconds = Math.max(nanos, 1_000_000) / 1e9;
        return new Rates(
                (after.messagesIn() - before.messagesIn()) / seconds,
                (after.messagesOut() - before.messagesOut()) / seconds,
                (after.bytesIn() - before.bytesIn()) / seconds,
                (after.bytesOut() - before.bytesOut()) / seconds,
                Math.max(1, nanos / 1_000_000));
    }
}
