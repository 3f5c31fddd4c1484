package dev.heliograph.server.session;

import dev.heliograph.protocol.Encoding;

/// What is known of a session at a moment.
///
/// @param user          empty for an anonymous one
/// @param name          of the client's library or application, as it told; may be empty
/// @param version       likewise
/// @param openedAt      Unix milliseconds of the handshake
/// @param connectedAt   Unix milliseconds of the connect request
/// @param expireAt      Unix seconds; 0 for never
/// @param subscriptions how many
/// @param roundTrip     milliseconds of the last ping and its pong; below 0 if there was none
/// @param idle          milliseconds since the client said or was told something, pings and pongs aside
public record SessionSnapshot(
        String client,
        String user,
        String address,
        String name,
        String version,
        Encoding encoding,
        long openedAt,
        long connectedAt,
        long expireAt,
        int subscriptions,
        int roundTrip,
        long idle,
        Link.Figures figures) {}
