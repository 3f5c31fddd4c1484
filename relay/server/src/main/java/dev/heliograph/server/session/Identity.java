package dev.heliograph.server.session;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Result;
import java.util.Set;

/// Who a session is, from its token.
///
/// @param user     empty for an anonymous one
/// @param info     shown to others
/// @param expireAt Unix seconds; 0 for never
/// @param channels the server-side channels its token lists, to notice when a refresh changes them
record Identity(String user, Bytes info, long expireAt, Set<String> channels) {

    /// Nobody yet.
    static final Identity NONE = new Identity("", Bytes.EMPTY, 0, Set.of());

    Identity expiringAt(long unixSeconds) {
        return new Identity(user, info, unixSeconds, channels);
    }

    Identity withInfo(Bytes newInfo) {
        return new Identity(user, newInfo, expireAt, channels);
    }

    boolean expires() {
        return expireAt != 0;
    }

    /// Seconds left; 0 if it does not expire.
    int ttl(long now) {
        return Ttl.seconds(expireAt, now);
    }

    Result.Refresh refreshResult(String client, String version, long now) {
        return new Result.Refresh(client, version, expires(), ttl(now));
    }
}
