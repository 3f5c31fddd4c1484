package dev.heliograph.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The requests of a client, one record each, as they are in a [Command].
///
/// Strings that are absent on the wire are empty here and numbers 0, as in proto3; a payload that is absent is
/// [Bytes#EMPTY]. Collections are immutable.
public sealed interface Request {

    /// The first command of every connection.
    ///
    /// @param token   a connection token, empty if there is none
    /// @param data    custom data for a connect hook
    /// @param subs    server-side subscriptions the client wants to recover, by channel; only positions count
    /// @param name    of the client library or application
    /// @param headers emulated by the client, untrusted
    record Connect(
            String token,
            Bytes data,
            Map<String, Subscribe> subs,
            String name,
            String version,
            Map<String, String> headers,
            long flag)
            implements Request {
        public Connect {
            // Not Map.copyOf: it probes linearly, so that keys of equal hash, which a client is free to choose, would
            // cost the square of their number.
            subs = Collections.unmodifiableMap(new LinkedHashMap<>(subs));
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        /// A connect with a token (may be empty) and nothing else.
        public static Connect withToken(String token) {
            return new Connect(token, Bytes.EMPTY, Map.of(), "", "", Map.of(), 0);
        }
    }

    /// Begins a subscription.
    ///
    /// @param token       a subscription token, empty if there is none
    /// @param recover     whether to replay what came after `epoch` and `offset`
    /// @param epoch       of the position, empty for any
    /// @param offset      the last publication the client has; unsigned
    /// @param positioned  ask that loss is detected
    /// @param recoverable ask that the subscription can be recovered later
    /// @param joinLeave   ask for join and leave pushes
    /// @param delta       the delta algorithm offered, empty for none
    /// @param filter      by tags
    /// @param flag        feature bits, see [#FLAG_REJECT_UNRECOVERED]
    /// @param type        0 for a stream; other types are not served yet
    record Subscribe(
            String channel,
            String token,
            boolean recover,
            String epoch,
            long offset,
            Bytes data,
            boolean positioned,
            boolean recoverable,
            boolean joinLeave,
            String delta,
            Optional<FilterNode> filter,
            long flag,
            int type)
            implements Request {

        /// Answer a failed recovery with error 112 instead of `recovered=false`.
        public static final long FLAG_REJECT_UNRECOVERED = 2;

        /// A subscribe to a channel with nothing asked for.
        public static Subscribe to(String channel) {
            return new Subscribe(
                    channel, "", false, "", 0, Bytes.EMPTY, false, false, false, "", Optional.empty(), 0, 0);
        }

        /// The same with a token.
        public Subscribe withToken(String newToken) {
            return new Subscribe(
                    channel,
                    newToken,
                    recover,
                    epoch,
                    offset,
                    data,
                    positioned,
                    recoverable,
                    joinLeave,
                    delta,
                    filter,
                    flag,
                    type);
        }

        /// The same, recovering from a position.
        public Subscribe recoveringFrom(StreamPosition position) {
            return recovering(true, position.epoch(), position.offset());
        }

        Subscribe recovering(boolean newRecover, String newEpoch, long newOffset) {
            return new Subscribe(
                    channel,
                    token,
                    newRecover,
                    newEpoch,
                    newOffset,
                    data,
                    positioned,
                    recoverable,
                    joinLeave,
                    delta,
                    filter,
                    flag,
                    type);
        }

        /// The same with the three wishes set.
        public Subscribe asking(boolean wantPositioned, boolean wantRecoverable, boolean wantJoinLeave) {
            return new Subscribe(
                    channel,
                    token,
                    recover,
                    epoch,
                    offset,
                    data,
                    wantPositioned,
                    wantRecoverable,
                    wantJoinLeave,
                    delta,
                    filter,
                    flag,
                    type);
        }
    }

    record Unsubscribe(String channel) implements Request {}

    /// Publishes to a channel.
    ///
    /// @param type 0 for a stream; 1 for a map with `key` and `removed`, not served yet
    record Publish(String channel, Bytes data, int type, String key, boolean removed) implements Request {
        public static Publish of(String channel, Bytes data) {
            return new Publish(channel, data, 0, "", false);
        }
    }

    record Presence(String channel) implements Request {}

    record PresenceStats(String channel) implements Request {}

    /// Asks for publications of a channel and the top of its stream.
    ///
    /// @param limit   at most so many; 0 asks only for the position, below 0 for as many as the server gives
    /// @param since   exclusive
    /// @param reverse newest first
    record History(String channel, int limit, Optional<StreamPosition> since, boolean reverse) implements Request {}

    record Ping() implements Request {}

    /// An asynchronous message; never answered.
    record Send(Bytes data) implements Request {}

    record Rpc(String method, Bytes data) implements Request {}

    record Refresh(String token) implements Request {}

    /// Prolongs a subscription that expires.
    ///
    /// @param type 0 refreshes the token; other types are not served yet
    record SubRefresh(String channel, String token, int type) implements Request {}

    /// The answer to a server's ping: a command with neither id nor `send`.
    record Pong() implements Request {}

    /// A node of a tags filter: a leaf compares the tag `key`, an inner node has `op` and `nodes`.
    record FilterNode(String op, String key, String cmp, String val, List<String> vals, List<FilterNode> nodes) {
        public FilterNode {
            vals = List.copyOf(vals);
            nodes = List.copyOf(nodes);
        }
    }
}
