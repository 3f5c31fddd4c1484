package dev.heliograph.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads replies and pushes from JSON, for clients, by the rules of [JsonRequestReader].
final class JsonReplyReader {

    private JsonReplyReader() {}

    /// The next reply; empty if it is a push of a kind that is not known here.
    static Optional<Reply> reply(JsonReader in) {
        long id = 0;
        boolean pushed = false;
        @Nullable Push push = null;
        @Nullable ReplyError error = null;
        @Nullable Result result = null;
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (in.nothing()) {
                continue;
            }
            switch (name) {
                case "id" -> id = in.integer(0, Command.MAX_ID);
                case "error" -> error = Fields.read(in).error();
                case "push" -> {
                    pushed = true;
                    push = push(in);
                }
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
        if (pushed) {
            return Optional.ofNullable(push).map(Reply.Pushed::new);
        }
        if (error != null) {
            return Optional.of(new Reply.Failed(id, error));
        }
        if (result != null) {
            return Optional.of(new Reply.Ok(id, result));
        }
        if (id == 0) {
            return Optional.of(new Reply.Ping());
        }
        throw JsonReader.malformed("reply without a result");
    }

    private static <T> T empty(JsonReader in, T value) {
        in.skip();
        return value;
    }

    private static @Nullable Push push(JsonReader in) {
        String channel = "";
        String kind = "";
        @Nullable Publication pub = null;
        @Nullable Fields fields = null;
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (in.nothing()) {
                continue;
            }
            switch (name) {
                case "channel" -> channel = in.string();
                case "pub" -> pub = publication(in);
                case "join", "leave", "unsubscribe", "subscribe", "message", "connect", "disconnect", "refresh" -> {
                    kind = name;
                    fields = Fields.read(in);
                }
                default -> in.skip();
            }
        }
        if (pub != null) {
            return new Push.Pub(channel, pub);
        }
        if (fields == null) {
            return null;
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

    private static Publication publication(JsonReader in) {
        Bytes data = Bytes.EMPTY;
        @Nullable ClientInfo info = null;
        long offset = 0;
        Map<String, String> tags = Map.of();
        boolean delta = false;
        long time = 0;
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (name.equals("data")) {
                data = in.payload();
            } else if (!in.nothing()) {
                switch (name) {
                    case "info" -> info = Fields.read(in).asInfo();
                    case "offset" -> offset = in.uint64();
                    case "tags" -> tags = JsonRequestReader.strings(in);
                    case "delta" -> delta = in.bool();
                    case "time" -> time = in.int64();
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
                switch (name) {
                    case "data" -> fields.data = in.payload();
                    case "conn_info" -> fields.connInfo = in.payload();
                    case "chan_info" -> fields.chanInfo = in.payload();
                    default -> {
                        if (!in.nothing()) {
                            fields.member(in, name);
                        }
                    }
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
                case "code" -> code = in.uint32();
                case "ttl" -> ttl = in.uint32();
                case "ping" -> ping = in.uint32();
                case "num_clients" -> numClients = in.uint32();
                case "num_users" -> numUsers = in.uint32();
                case "offset" -> offset = in.uint64();
                case "time" -> time = in.int64();
                case "expires" -> expires = in.bool();
                case "pong" -> pong = in.bool();
                case "recoverable" -> recoverable = in.bool();
                case "recovered" -> recovered = in.bool();
                case "positioned" -> positioned = in.bool();
                case "was_recovering" -> wasRecovering = in.bool();
                case "delta" -> delta = in.bool();
                case "temporary" -> temporary = in.bool();
                case "reconnect" -> reconnect = in.bool();
                case "info" -> info = read(in).asInfo();
                case "subs" -> {
                    subs = new HashMap<>();
                    for (boolean more = in.enter('{'); more; more = in.more('{')) {
                        subs.put(in.name(), read(in).subscribe());
                        JsonRequestReader.bounded(subs.size());
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
                        publications.add(publication(in));
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
                    expires,
                    ttl,
                    recoverable,
                    epoch,
                    publications,
                    recovered,
                    offset,
                    positioned,
                    data,
                    wasRecovering,
                    delta);
        }
    }
}
