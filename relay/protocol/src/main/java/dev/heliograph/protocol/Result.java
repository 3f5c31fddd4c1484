package dev.heliograph.protocol;

import java.util.List;
import java.util.Map;

/// The results of successful requests, one record for each [Request] that has one. Seconds and counts are unsigned
/// 32-bit numbers in the bits of an `int`, as on the wire.
public sealed interface Result {

    /// The connection is ready.
    ///
    /// @param client  the id of the connection
    /// @param expires whether the client must refresh within `ttl` seconds
    /// @param subs    server-side subscriptions by channel
    /// @param ping    seconds between two pings; 0 if there are none
    /// @param pong    whether the client must answer pings
    /// @param session secret of an emulated transport, else empty
    /// @param node    of an emulated transport, else empty
    /// @param time    Unix milliseconds, 0 if not sent
    record Connect(
            String client,
            String version,
            boolean expires,
            int ttl,
            Bytes data,
            Map<String, Subscribe> subs,
            int ping,
            boolean pong,
            String session,
            String node,
            long time)
            implements Result {
        public Connect {
            subs = Map.copyOf(subs);
        }
    }

    record Refresh(String client, String version, boolean expires, int ttl) implements Result {}

    /// The subscription is in place; all publications from here on reach the client.
    ///
    /// @param recovered     whether the client has, with `publications`, all that came after the position it
    ///                      gave
    /// @param offset        the position the client gave if it recovered, else the top of the stream; unsigned
    /// @param wasRecovering whether recovery was tried
    record Subscribe(
            boolean expires,
            int ttl,
            boolean recoverable,
            String epoch,
            List<Publication> publications,
            boolean recovered,
            long offset,
            boolean positioned,
            Bytes data,
            boolean wasRecovering,
            boolean delta)
            implements Result {
        public Subscribe {
            publications = List.copyOf(publications);
        }
    }

    record Unsubscribe() implements Result {}

    record Publish() implements Result {}

    /// Who is subscribed.
    ///
    /// @param presence by client id
    record Presence(Map<String, ClientInfo> presence) implements Result {
        public Presence {
            presence = Map.copyOf(presence);
        }
    }

    record PresenceStats(int numClients, int numUsers) implements Result {}

    record History(List<Publication> publications, StreamPosition top) implements Result {
        public History {
            publications = List.copyOf(publications);
        }
    }

    record Ping() implements Result {}

    record Rpc(Bytes data) implements Result {}

    record SubRefresh(boolean expires, int ttl) implements Result {}
}
