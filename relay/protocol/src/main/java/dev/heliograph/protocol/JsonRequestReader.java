package dev.heliograph.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads commands from JSON (protocol A.3, A.4). Unknown members are ignored; of a member that comes twice the last one
/// counts; `null` is as good as absent, but for a payload, which it is like any other value.
final class JsonRequestReader {

    private JsonRequestReader() {}

    static Command command(JsonReader in) {
        long id = 0;
        CommandFields fields = new CommandFields();
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String name = in.name();
            if (in.nothing()) {
                continue;
            }
            switch (name) {
                case "id" -> id = in.integer(0, Command.MAX_ID);
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
                    fields.data = in.payload();
                } else if (!in.nothing()) {
                    switch (name) {
                        case "channel" -> fields.channel = in.string();
                        case "token" -> fields.token = in.string();
                        case "method" -> fields.method = in.string();
                        case "key" -> fields.key = in.string();
                        case "removed" -> fields.removed = in.bool();
                        case "type" -> fields.type = in.int32();
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
                data = in.payload();
            } else if (!in.nothing()) {
                switch (name) {
                    case "token" -> token = in.string();
                    case "subs" -> subs = subs(in);
                    case "name" -> clientName = in.string();
                    case "version" -> version = in.string();
                    case "headers" -> headers = strings(in);
                    case "flag" -> flag = in.int64();
                    default -> in.skip();
                }
            }
        }
        return new Request.Connect(token, data, subs, clientName, version, headers, flag);
    }

    private static Map<String, Request.Subscribe> subs(JsonReader in) {
        Map<String, Request.Subscribe> subs = new LinkedHashMap<>();
        for (boolean more = in.enter('{'); more; more = in.more('{')) {
            String channel = in.name();
            Request.Subscribe sub = subscribe(in);
            subs.put(channel, Request.Subscribe.to(channel).recovering(sub.recover(), sub.epoch(), sub.offset()));
            bounded(subs.size());
        }
        return subs;
    }

    static Map<String, String> strings(JsonReader in) {
        Map<String, String> map = new LinkedHashMap<>();
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
                data = in.payload();
            } else if (!in.nothing()) {
                switch (name) {
                    case "channel" -> channel = in.string();
                    case "token" -> token = in.string();
                    case "recover" -> recover = in.bool();
                    case "epoch" -> epoch = in.string();
                    case "offset" -> offset = in.uint64();
                    case "positioned" -> positioned = in.bool();
                    case "recoverable" -> recoverable = in.bool();
                    case "join_leave" -> joinLeave = in.bool();
                    case "delta" -> delta = in.string();
                    case "tf" -> filter = Optional.of(filter(in));
                    case "flag" -> flag = in.int64();
                    case "type" -> type = in.int32();
                    default -> in.skip();
                }
            }
        }
        return new Request.Subscribe(
                channel,
                token,
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
                case "limit" -> limit = in.int32();
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
                case "offset" -> offset = in.uint64();
                case "epoch" -> epoch = in.string();
                default -> in.skip();
            }
        }
        return new StreamPosition(offset, epoch);
    }
}
