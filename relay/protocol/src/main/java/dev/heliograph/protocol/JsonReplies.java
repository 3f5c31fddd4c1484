package dev.heliograph.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Replies and pushes as JSON (protocol A.3, A.4). Members with zero values are left out, but those that clients read
/// without asking: `user` and `client` of a client, presence, counts, and all of a history.
final class JsonReplies {

    private static final long MAX_UINT32 = 0xFFFF_FFFFL;
    private static final byte[] PING = {'{', '}'};

    private JsonReplies() {}

    // ---- writing ----

    static byte[] write(Reply reply) {
        return switch (reply) {
            case Reply.Ping _ -> PING.clone();
            case Reply.Ok ok -> {
                JsonWriter out = new JsonWriter(256).open('{').number("id", ok.id());
                result(out, ok.result());
                yield out.close('}').toBytes();
            }
            case Reply.Failed failed ->
                new JsonWriter(128)
                        .open('{')
                        .number("id", failed.id())
                        .object("error")
                        .number("code", failed.error().code())
                        .text("message", failed.error().message())
                        .flag("temporary", failed.error().temporary())
                        .close('}')
                        .close('}')
                        .toBytes();
            case Reply.Pushed pushed -> push(pushed.push());
        };
    }

    private static void result(JsonWriter out, Result result) {
        switch (result) {
            case Result.Connect c -> connect(out.object("connect"), c).close('}');
            case Result.Refresh r ->
                out.object("refresh")
                        .text("client", r.client())
                        .text("version", r.version())
                        .flag("expires", r.expires())
                        .number("ttl", r.ttl())
                        .close('}');
            case Result.Subscribe s -> subscribe(out.object("subscribe"), s).close('}');
            case Result.Unsubscribe _ -> out.object("unsubscribe").close('}');
            case Result.Publish _ -> out.object("publish").close('}');
            case Result.Presence p -> {
                out.object("presence").object("presence");
                p.presence().forEach((client, info) -> {
                    out.key(client);
                    info(out, info);
                });
                out.close('}').close('}');
            }
            case Result.PresenceStats p ->
                out.object("presence_stats")
                        .name("num_clients")
                        .ascii(Integer.toString(p.numClients()))
                        .name("num_users")
                        .ascii(Integer.toString(p.numUsers()))
                        .close('}');
            case Result.History h -> {
                out.object("history").name("publications").open('[');
                h.publications().forEach(each -> publication(out.element(), each));
                out.close(']')
                        .name("epoch")
                        .quoted(h.top().epoch())
                        .name("offset")
                        .ascii(Long.toUnsignedString(h.top().offset()))
                        .close('}');
            }
            case Result.Ping _ -> out.object("ping").close('}');
            case Result.Rpc r -> out.object("rpc").raw("data", r.data()).close('}');
            case Result.SubRefresh r ->
                out.object("sub_refresh")
                        .flag("expires", r.expires())
                        .number("ttl", r.ttl())
                        .close('}');
        }
    }

    private static JsonWriter connect(JsonWriter out, Result.Connect c) {
        out.text("client", c.client())
                .text("version", c.version())
                .flag("expires", c.expires())
                .number("ttl", c.ttl())
                .raw("data", c.data());
        if (!c.subs().isEmpty()) {
            out.object("subs");
            c.subs().forEach((channel, sub) -> {
                out.key(channel).open('{');
                subscribe(out, sub).close('}');
            });
            out.close('}');
        }
        return out.number("ping", c.ping())
                .flag("pong", c.pong())
                .text("session", c.session())
                .text("node", c.node())
                .number("time", c.time());
    }

    private static JsonWriter subscribe(JsonWriter out, Result.Subscribe s) {
        out.flag("expires", s.expires())
                .number("ttl", s.ttl())
                .flag("recoverable", s.recoverable())
                .text("epoch", s.epoch());
        if (!s.publications().isEmpty()) {
            out.name("publications").open('[');
            s.publications().forEach(each -> publication(out.element(), each));
            out.close(']');
        }
        return out.flag("recovered", s.recovered())
                .unsigned("offset", s.offset())
                .flag("positioned", s.positioned())
                .raw("data", s.data())
                .flag("was_recovering", s.wasRecovering())
                .flag("delta", s.delta());
    }

    private static void publication(JsonWriter out, Publication p) {
        out.open('{').raw("data", p.data());
        p.info().ifPresent(info -> info(out.name("info"), info));
        out.unsigned("offset", p.offset());
        JsonRequests.strings(out, "tags", p.tags());
        out.flag("delta", p.delta()).number("time", p.time()).close('}');
    }

    private static void info(JsonWriter out, ClientInfo info) {
        out.open('{')
                .name("user")
                .quoted(info.user())
                .name("client")
                .quoted(info.client())
                .raw("conn_info", info.connInfo())
                .raw("chan_info", info.chanInfo())
                .close('}');
    }

    private static byte[] push(Push push) {
        int payload = push instanceof Push.Pub pub ? pub.publication().data().length() : 0;
        JsonWriter out = new JsonWriter(160 + push.channel().length() + payload)
                .open('{')
                .object("push")
                .text("channel", push.channel());
        switch (push) {
            case Push.Pub p -> publication(out.name("pub"), p.publication());
            case Push.Join j -> {
                info(out.object("join").name("info"), j.info());
                out.close('}');
            }
            case Push.Leave l -> {
                info(out.object("leave").name("info"), l.info());
                out.close('}');
            }
            case Push.Unsubscribe u ->
                out.object("unsubscribe")
                        .number("code", u.code())
                        .text("reason", u.reason())
                        .close('}');
            case Push.Subscribe s ->
                out.object("subscribe")
                        .flag("recoverable", s.recoverable())
                        .text("epoch", s.position().epoch())
                        .unsigned("offset", s.position().offset())
                        .flag("positioned", s.positioned())
                        .raw("data", s.data())
                        .close('}');
            case Push.Message m -> out.object("message").raw("data", m.data()).close('}');
            case Push.Connect c -> connect(out.object("connect"), c.result()).close('}');
            case Push.Disconnected d ->
                out.object("disconnect")
                        .number("code", d.code())
                        .text("reason", d.reason())
                        .flag("reconnect", d.reconnect())
                        .close('}');
            case Push.Refresh r ->
                out.object("refresh")
                        .flag("expires", r.expires())
                        .number("ttl", r.ttl())
                        .close('}');
        }
        return out.close('}').close('}').toBytes();
    }

    // ---- reading, for clients ----

    static Reply reply(JsonReader in) {
        long id = 0;
        @Nullable ReplyError error = null;
        @Nullable Result result = null;
        @Nullable Push push = null;
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (in.nothing()) {
                continue;
            }
            switch (name) {
                case "id" -> id = in.integer(0, MAX_UINT32);
                case "error" -> error = Fields.read(in).error();
                case "push" -> push = readPush(in);
                case "connect" -> result = Fields.read(in).connect();
                case "subscribe" -> result = Fields.read(in).subscribe();
                case "unsubscribe" -> result = empty(in, new Result.Unsubscribe());
                case "publish" -> result = empty(in, new Result.Publish());
                case "presence" -> result = new Result.Presence(Fields.read(in).presence);
                case "presence_stats" -> {
                    Fields f = Fields.read(in);
                    result = new Result.PresenceStats(f.numClients, f.numUsers);
                }
                case "history" -> {
                    Fields f = Fields.read(in);
                    result = new Result.History(f.publications, new StreamPosition(f.offset, f.epoch));
                }
                case "ping" -> result = empty(in, new Result.Ping());
                case "rpc" -> result = new Result.Rpc(Fields.read(in).data);
                case "refresh" -> {
                    Fields f = Fields.read(in);
                    result = new Result.Refresh(f.client, f.version, f.expires, f.ttl);
                }
                case "sub_refresh" -> {
                    Fields f = Fields.read(in);
                    result = new Result.SubRefresh(f.expires, f.ttl);
                }
                default -> in.skip();
            }
        }
        if (push != null) {
            return new Reply.Pushed(push);
        }
        if (error != null) {
            return new Reply.Failed(id, error);
        }
        if (result != null) {
            return new Reply.Ok(id, result);
        }
        if (id == 0) {
            return new Reply.Ping();
        }
        throw JsonReader.malformed("reply without a result");
    }

    private static <T> T empty(JsonReader in, T value) {
        in.skip();
        return value;
    }

    private static Push readPush(JsonReader in) {
        String channel = "";
        String kind = "";
        @Nullable Publication publication = null;
        @Nullable Fields fields = null;
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (in.nothing()) {
                continue;
            }
            switch (name) {
                case "channel" -> channel = in.string();
                case "pub" -> publication = readPublication(in);
                case "join", "leave", "unsubscribe", "subscribe", "message", "connect", "disconnect", "refresh" -> {
                    kind = name;
                    fields = Fields.read(in);
                }
                default -> in.skip();
            }
        }
        if (publication != null) {
            return new Push.Pub(channel, publication);
        }
        if (fields == null) {
            throw JsonReader.malformed("push of an unknown kind");
        }
        return switch (kind) {
            case "join" -> new Push.Join(channel, fields.info());
            case "leave" -> new Push.Leave(channel, fields.info());
            case "unsubscribe" -> new Push.Unsubscribe(channel, fields.code, fields.reason);
            case "subscribe" ->
                new Push.Subscribe(
                        channel,
                        fields.recoverable,
                        new StreamPosition(fields.offset, fields.epoch),
                        fields.positioned,
                        fields.data);
            case "message" -> new Push.Message(fields.data);
            case "connect" -> new Push.Connect(fields.connect());
            case "disconnect" -> new Push.Disconnected(fields.code, fields.reason, fields.reconnect);
            default -> new Push.Refresh(fields.expires, fields.ttl);
        };
    }

    private static Publication readPublication(JsonReader in) {
        Bytes data = Bytes.EMPTY;
        @Nullable ClientInfo info = null;
        long offset = 0;
        Map<String, String> tags = Map.of();
        boolean delta = false;
        long time = 0;
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (name.equals("data")) {
                data = in.raw();
            } else if (!in.nothing()) {
                switch (name) {
                    case "info" -> info = Fields.read(in).asInfo();
                    case "offset" -> offset = in.unsigned();
                    case "tags" -> tags = JsonRequests.strings(in);
                    case "delta" -> delta = in.bool();
                    case "time" -> time = in.integer(Long.MIN_VALUE, Long.MAX_VALUE);
                    default -> in.skip();
                }
            }
        }
        return new Publication(data, Optional.ofNullable(info), offset, tags, delta, time);
    }

    /// The members of all results and pushes: a name means the same in each of them.
    private static final class Fields {

        private String client = "";
        private String user = "";
        private String version = "";
        private String session = "";
        private String node = "";
        private String epoch = "";
        private String message = "";
        private String reason = "";
        private int code;
        private int ttl;
        private int ping;
        private int numClients;
        private int numUsers;
        private long offset;
        private long time;
        private boolean expires;
        private boolean pong;
        private boolean recoverable;
        private boolean recovered;
        private boolean positioned;
        private boolean wasRecovering;
        private boolean delta;
        private boolean temporary;
        private boolean reconnect;
        private Bytes data = Bytes.EMPTY;
        private Bytes connInfo = Bytes.EMPTY;
        private Bytes chanInfo = Bytes.EMPTY;
        private @Nullable ClientInfo info;
        private Map<String, Result.Subscribe> subs = Map.of();
        private Map<String, ClientInfo> presence = Map.of();
        private List<Publication> publications = List.of();

        static Fields read(JsonReader in) {
            Fields fields = new Fields();
            for (boolean more = in.enter('{'); more; more = in.more('{')) {
                String name = in.name();
                if (name.equals("data")) {
                    fields.data = in.raw();
                } else if (!in.nothing()) {
                    fields.member(in, name);
                }
            }
            return fields;
        }

        private void member(JsonReader in, String name) {
            switch (name) {
                case "client" -> client = in.string();
                case "user" -> user = in.string();
                case "version" -> version = in.string();
                case "session" -> session = in.string();
                case "node" -> node = in.string();
                case "epoch" -> epoch = in.string();
                case "message" -> message = in.string();
                case "reason" -> reason = in.string();
                case "code" -> code = (int) in.integer(0, MAX_UINT32);
                case "ttl" -> ttl = (int) in.integer(0, MAX_UINT32);
                case "ping" -> ping = (int) in.integer(0, MAX_UINT32);
                case "num_clients" -> numClients = (int) in.integer(0, MAX_UINT32);
                case "num_users" -> numUsers = (int) in.integer(0, MAX_UINT32);
                case "offset" -> offset = in.unsigned();
                case "time" -> time = in.integer(Long.MIN_VALUE, Long.MAX_VALUE);
                case "expires" -> expires = in.bool();
                case "pong" -> pong = in.bool();
                case "recoverable" -> recoverable = in.bool();
                case "recovered" -> recovered = in.bool();
                case "positioned" -> positioned = in.bool();
                case "was_recovering" -> wasRecovering = in.bool();
                case "delta" -> delta = in.bool();
                case "temporary" -> temporary = in.bool();
                case "reconnect" -> reconnect = in.bool();
                case "conn_info" -> connInfo = in.raw();
                case "chan_info" -> chanInfo = in.raw();
                case "info" -> info = read(in).asInfo();
                case "subs" -> {
                    subs = new HashMap<>();
                    for (boolean more = in.enter('{'); more; more = in.more('{')) {
                        subs.put(in.name(), read(in).subscribe());
                        JsonRequests.bounded(subs.size());
                    }
                }
                case "presence" -> {
                    presence = new HashMap<>();
                    for (boolean more = in.enter('{'); more; more = in.more('{')) {
                        presence.put(in.name(), read(in).asInfo());
                    }
                }
                case "publications" -> {
                    publications = new ArrayList<>();
                    for (boolean more = in.enter('['); more; more = in.more('[')) {
                        publications.add(readPublication(in));
                    }
                }
                default -> in.skip();
            }
        }

        ClientInfo asInfo() {
            return new ClientInfo(user, client, connInfo, chanInfo);
        }

        ClientInfo info() {
            if (info == null) {
                throw JsonReader.malformed("join or leave without a client");
            }
            return info;
        }

        ReplyError error() {
            return new ReplyError(code, message, temporary);
        }

        Result.Connect connect() {
            return new Result.Connect(client, version, expires, ttl, data, subs, ping, pong, session, node, time);
        }

        Result.Subscribe subscribe() {
            return new Result.Subscribe(
                    expires, ttl, recoverable, epoch, publications, recovered, offset, positioned, data,
                    wasRecovering, delta);
        }
    }
}
