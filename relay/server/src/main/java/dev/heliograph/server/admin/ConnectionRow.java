package dev.heliograph.server.admin;

import dev.heliograph.server.connections.Row;
import org.jspecify.annotations.Nullable;

/// One connection in an answer.
///
/// @param id           of the client
/// @param node         its name
/// @param nodeId       and its id
/// @param client       name of the client's library or application, as it told
/// @param version      of that
/// @param openedAt     Unix milliseconds of the handshake
/// @param connectedAt  Unix milliseconds of the connect request
/// @param expiresAt    Unix milliseconds; left out for never
/// @param queueBytes   what the peer has not taken yet
/// @param inRate       messages a second from the client
/// @param outRate      messages a second to it
/// @param rateWindowMs the time the rates are an average of
/// @param rttMs        of the last ping and pong; left out if there was none
/// @param idleMs       since the client said or was told something, pings and pongs aside
/// @param readPaused   the peer sends faster than it is served, and is not read from
record ConnectionRow(
        String id,
        String user,
        String ip,
        String node,
        String nodeId,
        String colour,
        String client,
        String version,
        String encoding,
        String transport,
        boolean tls,
        long openedAt,
        long connectedAt,
        @Nullable Long expiresAt,
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
        @Nullable Integer rttMs,
        long idleMs,
        boolean readPaused) {

    static ConnectionRow of(Row row) {
        return new ConnectionRow(
                row.client(),
                row.user(),
                row.address(),
                row.nodeName(),
                row.node(),
                row.colour(),
                row.name(),
                row.version(),
                row.encoding(),
                row.transport(),
                row.tls(),
                row.openedAt(),
                row.connectedAt(),
                row.expireAt() == 0 ? null : row.expireAt() * 1_000,
                row.subscriptions(),
                row.queueBytes(),
                row.messagesIn(),
                row.messagesOut(),
                row.bytesIn(),
                row.bytesOut(),
                row.inRate(),
                row.outRate(),
                row.inBytesRate(),
                row.outBytesRate(),
                row.rateWindowMs(),
                row.rttMs() < 0 ? null : row.rttMs(),
                row.idleMs(),
                row.readPaused());
    }
}
