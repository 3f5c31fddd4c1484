package dev.heliograph.protocol;

import java.util.Map;

/// Writes commands as JSON (protocol A.3, A.4), for clients. Members with zero values are left out.
final class JsonRequestWriter {

    private JsonRequestWriter() {}

    static void write(JsonWriter out, Command command) {
        out.open('{').number("id", command.id());
        switch (command.request()) {
            case Request.Pong _ -> {}
            case Request.Connect c -> {
                out.object("connect").text("token", c.token()).raw("data", c.data());
                if (!c.subs().isEmpty()) {
                    out.object("subs");
                    c.subs().forEach((channel, sub) -> {
                        out.key(channel).open('{');
                        subscribe(out, sub).close('}');
                    });
                    out.close('}');
                }
                out.text("name", c.name()).text("version", c.version());
                strings(out, "headers", c.headers());
                out.number("flag", c.flag()).close('}');
            }
            case Request.Subscribe s -> subscribe(out.object("subscribe"), s).close('}');
            case Request.Unsubscribe u ->
                out.object("unsubscribe").text("channel", u.channel()).close('}');
            case Request.Publish p ->
                out.object("publish")
                        .text("channel", p.channel())
                        .raw("data", p.data())
                        .number("type", p.type())
                        .text("key", p.key())
                        .flag("removed", p.removed())
                        .close('}');
            case Request.Presence p ->
                out.object("presence").text("channel", p.channel()).close('}');
            case Request.PresenceStats p ->
                out.object("presence_stats").text("channel", p.channel()).close('}');
            case Request.History h -> {
                out.object("history").text("channel", h.channel()).number("limit", h.limit());
                h.since()
                        .ifPresent(since -> out.object("since")
                                .uint64("offset", since.offset())
                                .text("epoch", since.epoch())
                                .close('}'));
                out.flag("reverse", h.reverse()).close('}');
            }
            case Request.Ping _ -> out.object("ping").close('}');
            case Request.Send s -> out.object("send").raw("data", s.data()).close('}');
            case Request.Rpc r ->
                out.object("rpc")
                        .raw("data", r.data())
                        .text("method", r.method())
                        .close('}');
            case Request.Refresh r ->
                out.object("refresh").text("token", r.token()).close('}');
            case Request.SubRefresh r ->
                out.object("sub_refresh")
                        .text("channel", r.channel())
                        .text("token", r.token())
                        .number("type", r.type())
                        .close('}');
        }
        out.close('}');
    }

    static void strings(JsonWriter out, String name, Map<String, String> map) {
        if (!map.isEmpty()) {
            out.object(name);
            map.forEach((key, value) -> out.key(key).quoted(value));
            out.close('}');
        }
    }

    private static JsonWriter subscribe(JsonWriter out, Request.Subscribe s) {
        out.text("channel", s.channel())
                .text("token", s.token())
                .flag("recover", s.recover())
                .text("epoch", s.epoch())
                .uint64("offset", s.offset())
                .raw("data", s.data())
                .flag("positioned", s.positioned())
                .flag("recoverable", s.recoverable())
                .flag("join_leave", s.joinLeave())
                .text("delta", s.delta());
        s.filter().ifPresent(filter -> filter(out.name("tf"), filter));
        return out.number("flag", s.flag()).number("type", s.type());
    }

    private static void filter(JsonWriter out, Request.FilterNode node) {
        out.open('{')
                .text("op", node.op())
                .text("key", node.key())
                .text("cmp", node.cmp())
                .text("val", node.val());
        if (!node.vals().isEmpty()) {
            out.name("vals").open('[');
            node.vals().forEach(val -> out.element().quoted(val));
            out.close(']');
        }
        if (!node.nodes().isEmpty()) {
            out.name("nodes").open('[');
            node.nodes().forEach(child -> filter(out.element(), child));
            out.close(']');
        }
        out.close('}');
    }
}
