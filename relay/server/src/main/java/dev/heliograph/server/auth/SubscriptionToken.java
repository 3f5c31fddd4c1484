package dev.heliograph.server.auth;

import dev.heliograph.protocol.Bytes;

/// What a verified subscription token says (protocol B.2). Whether it is for the channel, user and client at hand is
/// for the session to compare.
///
/// @param user     empty for an anonymous one
/// @param channel  never empty
/// @param client   the only connection that may use it; empty for any
/// @param expireAt when the subscription expires, in Unix seconds; 0 for never
/// @param info     JSON or, from `b64info`, anything; shown to others
/// @param data     JSON or, from `b64data`, anything; for the subscriber
/// @param id       `jti`; empty if absent
/// @param issuedAt `iat` in Unix seconds; 0 if absent
public record SubscriptionToken(
        String user,
        String channel,
        String client,
        long expireAt,
        Bytes info,
        Bytes data,
        SubscriptionOverride override,
        String id,
        long issuedAt) {}
