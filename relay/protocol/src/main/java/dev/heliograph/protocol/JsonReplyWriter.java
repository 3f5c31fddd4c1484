package dev.heliograph.protocol;

/// Writes replies and pushes as JSON (protocol A.3, A.4). Members with zero values are left out, but those that clients
/// read without asking: `user` and `client` of a client, presence, counts, and all of a history.
final class JsonReplyWriter {

    private JsonReplyWriter() {}

    static void write(JsonWriter out, Reply reply) {
        out.open('{');
        switch (reply) {
            case Reply.Ping _ -> {}
            case Reply.Ok ok -> result(out.number("id", ok.id()), ok.result());
            case Reply.Failed failed -> error(out.number("id", failed.id()), failed.error());
            case Reply.Pushed pushed -> push(out.object("push"), pushed.push());
        }
        out.close('}');
    }

    private static void error(JsonWriter out, ReplyError error) {
        out.object("error")
                .uint32("code", error.code())
                .text("message", error.message())
                .flag("temporary", error.temporary())
                .close('}');
    }

    private static void result(JsonWriter out, Result result) {
        switch (result) {
            case Result.Connect c -> connect(out.object("connect"), c).close('}');
            case Result.Refresh r ->
                out.object("refresh")
                        .text("client", r.client())
                        .text("version", r.version())
                        .flag("expires", r.expires())
                        .uint32("ttl", r.ttl())
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
                        .ascii(Integer.toUnsignedString(p.numClients()))
                        .name("num_users")
                        .ascii(Integer.toUnsignedString(p.numUsers()))
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
                        .uint32("ttl", r.ttl())
                        .close('}');
        }
    }

    private static JsonWriter connect(JsonWriter out, Result.Connect c) {
        out.text("client", c.client())
                .text("version", c.version())
                .flag("expires", c.expires())
                .uint32("ttl", c.ttl())
                .raw("data", c.data());
        if (!c.subs().isEmpty()) {
            out.object("subs");
            c.subs().forEach((channel, sub) -> {
                out.key(channel).open('{');
                subscribe(out, sub).close('}');
            });
            out.close('}');
        }
        return out.uint32("ping", c.ping())
                .flag("pong", c.pong())
                .text("session", c.session())
                .text("node", c.node())
                .number("time", c.time());
    }

    private static JsonWriter subscribe(JsonWriter out, Result.Subscribe s) {
        out.flag("expires", s.expires())
                .uint32("ttl", s.ttl())
                .flag("recoverable", s.recoverable())
                .text("epoch", s.epoch());
        if (!s.publications().isEmpty()) {
            out.name("publications").open('[');
            s.publications().forEach(each -> publication(out.element(), each));
            out.close(']');
        }
        return out.flag("recovered", s.recovered())
                .uint64("offset", s.offset())
                .flag("positioned", s.positioned())
                .raw("data", s.data())
                .flag("was_recovering", s.wasRecovering())
                .flag("delta", s.delta());
    }

    private static void publication(JsonWriter out, Publication p) {
        out.open('{').raw("data", p.data());
        p.info().ifPresent(info -> info(out.name("info"), info));
        out.uint64("offset", p.offset());
        JsonRequestWriter.strings(out, "tags", p.tags());
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

    private static void push(JsonWriter out, Push push) {
        out.text("channel", push.channel());
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
                        .uint32("code", u.code())
                        .text("reason", u.reason())
                        .close('}');
            case Push.Subscribe s ->
                out.object("subscribe")
                        .flag("recoverable", s.recoverable())
                        .text("epoch", s.position().epoch())
                        .uint64("offset", s.position().offset())
                        .flag("positioned", s.positioned())
                        .raw("data", s.data())
                        .close('}');
            case Push.Message m -> out.object("message").raw("data", m.data()).close('}');
            case Push.Connect c -> connect(out.object("connect"), c.result()).close('}');
            case Push.Disconnected d ->
                out.object("disconnect")
                        .uint32("code", d.code())
                        .text("reason", d.reason())
                        .flag("reconnect", d.reconnect())
                        .close('}');
            case Push.Refresh r ->
                out.object("refresh")
                        .flag("expires", r.expires())
                        .uint32("ttl", r.ttl())
                        .close('}');
        }
        out.close('}');
    }
}
