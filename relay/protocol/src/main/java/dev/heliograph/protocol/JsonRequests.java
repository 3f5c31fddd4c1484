package dev.heliograph.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Commands as JSON (protocol A.3, A.4). Unknown members are ignored, `null` is as good as absent; of a member that
/// comes twice the last one counts.
final class JsonRequests {

    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    private JsonRequests() {}

    // ---- reading ----

    static Command command(JsonReader in) {
        long id = 0;
        CommandFields fields = new CommandFields();
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (in.nothing()) {
                continue;
            }
            switch (name) {
                case "id" -> id = in.integer(0, MAX_UINT32);
                case "connect" -> fields.connect = connect(in);
                case "ping" -> {
                    in.skip();
                    fields.ping = new Request.Ping();
                }
                case "subscribe" -> fields.subscribe = subscribe(in);
                case "unsubscribe" -> fields.unsubscribe = new Request.Unsubscribe(Fields.read(in).channel);
                case "publish" -> {
                    Fields f = Fields.read(in);
                    fields.publish = new Request.Publish(f.channel, f.data, f.type, f.key, f.removed);
                }
                case "presence" -> fields.presence = new Request.Presence(Fields.read(in).channel);
                case "presence_stats" -> fields.presenceStats = new Request.PresenceStats(Fields.read(in).channel);
                case "history" -> fields.history = history(in);
                case "rpc" -> {
                    Fields f = Fields.read(in);
                    fields.rpc = new Request.Rpc(f.method, f.data);
                }
                case "send" -> fields.send = new Request.Send(Fields.read(in).data);
                case "refresh" -> fields.refresh = new Request.Refresh(Fields.read(in).token);
                case "sub_refresh" -> {
                    Fields f = Fields.read(in);
                    fields.subRefresh = new Request.SubRefresh(f.channel, f.token, f.type);
                }
                default -> in.skip();
            }
        }
        return fields.command(id);
    }

    /// The members that simple requests share.
    private static final class Fields {

        private String channel = "";
        private String token = "";
        private String method = "";
        private String key = "";
        private boolean removed;
        private int type;
        private Bytes data = Bytes.EMPTY;

        static Fields read(JsonReader in) {
            Fields fields = new Fields();
            for (boolean more = in.enter('{'); more; more = in.more('{')) {
                String name = in.name();
                if (name.equals("data")) {
                    fields.data = in.raw();
                } else if (!in.nothing()) {
                    switch (name) {
                        case "channel" -> fields.channel = in.string();
                        case "token" -> fields.token = in.string();
                        case "method" -> fields.method = in.string();
                        case "key" -> fields.key = in.string();
                        case "removed" -> fields.removed = in.bool();
                        case "type" -> fields.type = (int) in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
                        default -> in.skip();
                    }
                }
            }
            return fields;
        }
    }

    private static Request.Connect connect(JsonReader in) {
        String token = "";
        Bytes data = Bytes.EMPTY;
        Map<String, Request.Subscribe> subs = Map.of();
        String clientName = "";
        String version = "";
        Map<String, String> headers = Map.of();
        long flag = 0;
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (name.equals("data")) {
                data = in.raw();
            } else if (!in.nothing()) {
                switch (name) {
                    case "token" -> token = in.string();
                    case "subs" -> subs = subs(in);
                    case "name" -> clientName = in.string();
                    case "version" -> version = in.string();
                    case "headers" -> headers = strings(in);
                    case "flag" -> flag = in.integer(Long.MIN_VALUE, Long.MAX_VALUE);
                    default -> in.skip();
                }
            }
        }
        return new Request.Connect(token, data, subs, clientName, version, headers, flag);
    }

    private static Map<String, Request.Subscribe> subs(JsonReader in) {
        Map<String, Request.Subscribe> subs = new HashMap<>();
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String channel = in.name();
            Request.Subscribe sub = subscribe(in);
            subs.put(channel, Request.Subscribe.to(channel).recovering(sub.recover(), sub.epoch(), sub.offset()));
            bounded(subs.size());
        }
        return subs;
    }

    static Map<String, String> strings(JsonReader in) {
        Map<String, String> map = new HashMap<>();
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            map.put(in.name(), in.string());
            bounded(map.size());
        }
        return map;
    }

    static void bounded(int entries) {
        if (entries > Codec.Limits.MAX_ENTRIES) {
            throw JsonReader.malformed("too many entries");
        }
    }

    private static Request.Subscribe subscribe(JsonReader in) {
        String channel = "";
        String token = "";
        boolean recover = false;
        String epoch = "";
        long offset = 0;
        Bytes data = Bytes.EMPTY;
        boolean positioned = false;
        boolean recoverable = false;
        boolean joinLeave = false;
        String delta = "";
        Optional<Request.FilterNode> filter = Optional.empty();
        long flag = 0;
        int type = 0;
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (name.equals("data")) {
                data = in.raw();
            } else if (!in.nothing()) {
                switch (name) {
                    case "channel" -> channel = in.string();
                    case "token" -> token = in.string();
                    case "recover" -> recover = in.bool();
                    case "epoch" -> epoch = in.string();
                    case "offset" -> offset = in.unsigned();
                    case "positioned" -> positioned = in.bool();
                    case "recoverable" -> recoverable = in.bool();
                    case "join_leave" -> joinLeave = in.bool();
                    case "delta" -> delta = in.string();
                    case "tf" -> filter = Optional.of(filter(in));
                    case "flag" -> flag = in.integer(Long.MIN_VALUE, Long.MAX_VALUE);
                    case "type" -> type = (int) in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
                    default -> in.skip();
                }
            }
        }
        return new Request.Subscribe(
                channel, token, recover, epoch, offset, data, positioned, recoverable, joinLeave, delta, filter, flag,
                type);
    }

    /// Its nesting is bounded by the reader's depth.
    private static Request.FilterNode filter(JsonReader in) {
        String op = "";
        String key = "";
        String cmp = "";
        String val = "";
        List<String> vals = new ArrayList<>();
        List<Request.FilterNode> nodes = new ArrayList<>();
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (in.nothing()) {
                continue;
            }
            switch (name) {
                case "op" -> op = in.string();
                case "key" -> key = in.string();
                case "cmp" -> cmp = in.string();
                case "val" -> val = in.string();
                case "vals" -> {
                    for (boolean other = in.enter('['); other; other = in.more('[')) {
                        vals.add(in.string());
                        bounded(vals.size());
                    }
                }
                case "nodes" -> {
                    for (boolean other = in.enter('['); other; other = in.more('[')) {
                        nodes.add(filter(in));
                        bounded(nodes.size());
                    }
                }
                default -> in.skip();
            }
        }
        return new Request.FilterNode(op, key, cmp, val, vals, nodes);
    }

    private static Request.History history(JsonReader in) {
        String channel = "";
        int limit = 0;
        @Nullable StreamPosition since = null;
        boolean reverse = false;
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (in.nothing()) {
                continue;
            }
            switch (name) {
                case "channel" -> channel = in.string();
                case "limit" -> limit = (int) in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "since" -> since = position(in);
                case "reverse" -> reverse = in.bool();
                default -> in.skip();
            }
        }
        return new Request.History(channel, limit, Optional.ofNullable(since), reverse);
    }

    private static StreamPosition position(JsonReader in) {
        long offset = 0;
        String epoch = "";
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (in.nothing()) {
                continue;
            }
            switch (name) {
                case "offset" -> offset = in.unsigned();
                case "epoch" -> epoch = in.string();
                default -> in.skip();
            }
        }
        return new StreamPosition(offset, epoch);
    }

    // ---- writing ----

    static byte[] write(Command command) {
        JsonWriter out = new JsonWriter(256).open('{').number("id", command.id());
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
            case Request.Unsubscribe u -> out.object("unsubscribe").text("channel", u.channel()).close('}');
            case Request.Publish p ->
                out.object("publish")
                        .text("channel", p.channel())
                        .raw("data", p.data())
                        .number("type", p.type())
                        .text("key", p.key())
                        .flag("removed", p.removed())
                        .close('}');
            case Request.Presence p -> out.object("presence").text("channel", p.channel()).close('}');
            case Request.PresenceStats p ->
                out.object("presence_stats").text("channel", p.channel()).close('}');
            case Request.History h -> {
                out.object("history").text("channel", h.channel()).number("limit", h.limit());
                h.since().ifPresent(since -> out.object("since")
                        .unsigned("offset", since.offset())
                        .text("epoch", since.epoch())
                        .close('}'));
                out.flag("reverse", h.reverse()).close('}');
            }
            case Request.Ping _ -> out.object("ping").close('}');
            case Request.Send s -> out.object("send").raw("data", s.data()).close('}');
            case Request.Rpc r -> out.object("rpc").raw("data", r.data()).text("method", r.method()).close('}');
            case Request.Refresh r -> out.object("refresh").text("token", r.token()).close('}');
            case Request.SubRefresh r ->
                out.object("sub_refresh")
                        .text("channel", r.channel())
                        .text("token", r.token())
                        .number("type", r.type())
                        .close('}');
        }
        return out.close('}').toBytes();
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
                .unsigned("offset", s.offset())
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
