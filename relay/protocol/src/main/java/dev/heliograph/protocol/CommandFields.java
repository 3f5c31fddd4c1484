package dev.heliograph.protocol;

import org.jspecify.annotations.Nullable;

/// The request fields of a command as a decoder finds them, and the rules that make one request of them (protocol A.3,
/// A.6): the first that is set counts, a command without id is a pong unless it sends, channels must not be empty.
final class CommandFields {

    Request.@Nullable Connect connect;
    Request.@Nullable Ping ping;
    Request.@Nullable Subscribe subscribe;
    Request.@Nullable Unsubscribe unsubscribe;
    Request.@Nullable Publish publish;
    Request.@Nullable Presence presence;
    Request.@Nullable PresenceStats presenceStats;
    Request.@Nullable History history;
    Request.@Nullable Rpc rpc;
    Request.@Nullable Send send;
    Request.@Nullable Refresh refresh;
    Request.@Nullable SubRefresh subRefresh;

    Command command(long id) {
        if (id == 0) {
            return new Command(0, send != null ? send : new Request.Pong());
        }
        @Nullable
        Request request = first(
                connect,
                ping,
                subscribe,
                unsubscribe,
                publish,
                presence,
                presenceStats,
                history,
                rpc,
                send,
                refresh,
                subRefresh);
        if (request == null) {
            throw bad("command without a request");
        }
        String channel = switch (request) {
            case Request.Subscribe r -> r.channel();
            case Request.Unsubscribe r -> r.channel();
            case Request.Publish r -> r.channel();
            case Request.Presence r -> r.channel();
            case Request.PresenceStats r -> r.channel();
            case Request.History r -> r.channel();
            case Request.SubRefresh r -> r.channel();
            case Request.Connect _, Request.Ping _, Request.Send _, Request.Rpc _, Request.Refresh _, Request.Pong _ ->
                "none needed";
        };
        if (channel.isEmpty()) {
            throw bad("request without a channel");
        }
        return new Command(id, request);
    }

    private static @Nullable Request first(@Nullable Request... requests) {
        for (Request each : requests) {
            if (each != null) {
                return each;
            }
        }
        return null;
    }

    private static ProtocolException bad(String detail) {
        return new ProtocolException(DisconnectCode.BAD_REQUEST, detail);
    }
}
