package dev.heliograph.server.connections;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.session.Link;
import dev.heliograph.server.session.SessionSnapshot;

/// One connection in a list: what was true of it a moment ago.
///
/// Counters are read while the connection goes on: each is a number that was true, and two of them may be some
/// messages apart.
///
/// @param client        its id
/// @param node          the id of its node
/// @param nodeName      and the name
/// @param colour        of the node's deployment
/// @param user          empty for an anonymous one
/// @param address       of the peer
/// @param name          of the client's library or application, as it told
/// @param version       likewise
/// @param encoding      `json` or `protobuf`
/// @param openedAt      Unix milliseconds of the handshake
/// @param connectedAt   Unix milliseconds of the connect request
/// @param ageMs         since then
/// @param expireAt      Unix seconds; 0 for never
/// @param subscriptions how many
/// @param queueBytes    what the peer has not taken yet
/// @param inRate        messages a second from the client
/// @param outRate       messages a second to it
/// @param rateWindowMs  the time the rates are an average of: one or two seconds, or the connection's whole life
///                      if nobody had asked for a list in the last minute
/// @param rttMs         of the last ping and pong; below 0 if there was none
/// @param idleMs        since the client said or was told something, pings and pongs aside
/// @param readPaused    the peer sends faster than it is served, and is not read from
public record Row(
        String client,
        String node,
        String nodeName,
        String colour,
        String user,
        String address,
        String name,
        String version,
        String encoding,
        String transport,
        boolean tls,
        long openedAt,
        long connectedAt,
        long ageMs,
        long expireAt,
        int subscriptions,
        long queueBytes,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut,
        double inRate,
        double outRate,
        double inBytesRate,
        double outBytesRate,
        long rateWindowMs,
        int rttMs,
        long idleMs,
        boolean readPaused) {

    /// @param at Unix milliseconds
    static Row of(Node node, SessionSnapshot session, Rates rates, long at) {
        Link.Figures figures = session.figures();
        return new Row(
                session.client(),
                node.id(),
                node.name(),
                node.colour(),
                session.user(),
                session.address(),
                session.name(),
                session.version(),
                session.encoding() == Encoding.JSON ? "json" : "protobuf",
                "websocket",
                figures.tls(),
                session.openedAt(),
                session.connectedAt(),
                Math.max(0, at - session.connectedAt()),
                session.expireAt(),
                session.subscriptions(),
                figures.queueBytes(),
                figures.messagesIn(),
                figures.messagesOut(),
                figures.bytesIn(),
                figures.bytesOut(),
                rates.in(),
                rates.out(),
                rates.inBytes(),
                rates.outBytes(),
                rates.windowMs(),
                session.roundTrip(),
                session.idle(),
                figures.readPaused());
    }
}
