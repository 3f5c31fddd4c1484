package dev.heliograph.server.session;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Request;

/// The kinds of commands, as instruments and events name them.
enum CommandKind {
    CONNECT,
    SUBSCRIBE,
    UNSUBSCRIBE,
    SUB_REFRESH,
    REFRESH,
    PUBLISH,
    PRESENCE,
    PRESENCE_STATS,
    HISTORY,
    RPC,
    SEND,
    PING,
    PONG;

    static CommandKind of(Request request) {
        return switch (request) {
            case Request.Connect _ -> CONNECT;
            case Request.Subscribe _ -> SUBSCRIBE;
            case Request.Unsubscribe _ -> UNSUBSCRIBE;
            case Request.SubRefresh _ -> SUB_REFRESH;
            case Request.Refresh _ -> REFRESH;
            case Request.Publish _ -> PUBLISH;
            case Request.Presence _ -> PRESENCE;
            case Request.PresenceStats _ -> PRESENCE_STATS;
            case Request.History _ -> HISTORY;
            case Request.Rpc _ -> RPC;
            case Request.Send _ -> SEND;
            case Request.Ping _ -> PING;
            case Request.Pong _ -> PONG;
        };
    }

    /// The channel a request is about; empty if it is about none.
    static String channel(Request request) {
        return switch (request) {
            case Request.Subscribe subscribe -> subscribe.channel();
            case Request.Unsubscribe unsubscribe -> unsubscribe.channel();
            case Request.SubRefresh refresh -> refresh.channel();
            case Request.Publish publish -> publish.channel();
            case Request.Presence presence -> presence.channel();
            case Request.PresenceStats stats -> stats.channel();
            case Request.History history -> history.channel();
            case Request.Connect _, Request.Refresh _, Request.Rpc _, Request.Send _, Request.Ping _, Request.Pong _ ->
                "";
        };
    }

    /// What a request carries for others.
    static Bytes payload(Request request) {
        return request instanceof Request.Publish publish ? publish.data() : Bytes.EMPTY;
    }
}
