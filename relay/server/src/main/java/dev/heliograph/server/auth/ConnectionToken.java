package dev.heliograph.server.auth;

import dev.heliograph.protocol.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a verified connection token says (protocol B.1).
///
/// @param user     empty for an anonymous one
/// @param expireAt when the connection expires, in Unix seconds; 0 for never
/// @param info     JSON or, from `b64info`, anything; shown to others
/// @param channels server-side subscriptions without options
/// @param subs     server-side subscriptions with options, in the token's order; they win over `channels`
/// @param meta     JSON that stays on the server
/// @param id       `jti`; empty if absent
/// @param issuedAt `iat` in Unix seconds; 0 if absent
public record ConnectionToken(
        String user,
        long expireAt,
        Bytes info,
        List<String> channels,
        Map<String, SubscriptionOptions> subs,
        Bytes meta,
        String id,
        long issuedAt) {

    public ConnectionToken {
        channels = List.copyOf(channels);
        subs = Collections.unmodifiableMap(new LinkedHashMap<>(subs));
    }
}
