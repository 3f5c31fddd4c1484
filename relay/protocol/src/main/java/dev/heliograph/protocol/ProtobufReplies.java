package dev.heliograph.protocol;

import static dev.heliograph.protocol.ProtobufRequests.bytes;
import static dev.heliograph.protocol.ProtobufRequests.string;

import dev.heliograph.protocol.wire.WireClientInfo;
import dev.heliograph.protocol.wire.WireClientInfoPush;
import dev.heliograph.protocol.wire.WireConnectPush;
import dev.heliograph.protocol.wire.WireConnectResult;
import dev.heliograph.protocol.wire.WireData;
import dev.heliograph.protocol.wire.WireDisconnectPush;
import dev.heliograph.protocol.wire.WireEmpty;
import dev.heliograph.protocol.wire.WireError;
import dev.heliograph.protocol.wire.WireHistoryResult;
import dev.heliograph.protocol.wire.WirePresenceResult;
import dev.heliograph.protocol.wire.WirePresenceStatsResult;
import dev.heliograph.protocol.wire.WirePublication;
import dev.heliograph.protocol.wire.WirePush;
import dev.heliograph.protocol.wire.WireRefreshPush;
import dev.heliograph.protocol.wire.WireRefreshResult;
import dev.heliograph.protocol.wire.WireReply;
import dev.heliograph.protocol.wire.WireSubRefreshResult;
import dev.heliograph.protocol.wire.WireSubscribePush;
import dev.heliograph.protocol.wire.WireSubscribeResult;
import dev.heliograph.protocol.wire.WireUnsubscribePush;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Replies and pushes between the model and the generated classes.
final class ProtobufReplies {

    private ProtobufReplies() {}

    // ---- to the wire ----

    static WireReply wire(Reply reply) {
        WireReply.Builder w = WireReply.newBuilder();
        switch (reply) {
            case Reply.Ping _ -> {}
            case Reply.Failed failed ->
                w.setId((int) failed.id())
                        .setError(WireError.newBuilder()
                                .setCode(failed.error().code())
                                .setMessage(failed.error().message())
                                .setTemporary(failed.error().temporary()));
            case Reply.Pushed pushed -> w.setPush(wire(pushed.push()));
            case Reply.Ok ok -> result(w.setId((int) ok.id()), ok.result());
        }
        return w.build();
    }

    private static void result(WireReply.Builder w, Result result) {
        WireEmpty empty = WireEmpty.getDefaultInstance();
        switch (result) {
            case Result.Connect c -> {
                WireConnectResult.Builder b = WireConnectResult.newBuilder()
                        .setClient(c.client())
                        .setVersion(c.version())
                        .setExpires(c.expires())
                        .setTtl(c.ttl())
                        .setData(string(c.data()))
                        .setPing(c.ping())
                        .setPong(c.pong())
                        .setSession(c.session())
                        .setNode(c.node())
                        .setTime(c.time());
                c.subs().forEach((channel, sub) -> b.putSubs(channel, wire(sub)));
                w.setConnect(b);
            }
            case Result.Refresh r ->
                w.setRefresh(WireRefreshResult.newBuilder()
                        .setClient(r.client())
                        .setVersion(r.version())
                        .setExpires(r.expires())
                        .setTtl(r.ttl()));
            case Result.Subscribe s -> w.setSubscribe(wire(s));
            case Result.Unsubscribe _ -> w.setUnsubscribe(empty);
            case Result.Publish _ -> w.setPublish(empty);
            case Result.Presence p -> {
                WirePresenceResult.Builder b = WirePresenceResult.newBuilder();
                p.presence().forEach((client, info) -> b.putPresence(client, wire(info)));
                w.setPresence(b);
            }
            case Result.PresenceStats p ->
                w.setPresenceStats(WirePresenceStatsResult.newBuilder()
                        .setNumClients(p.numClients())
                        .setNumUsers(p.numUsers()));
            case Result.History h -> {
                WireHistoryResult.Builder b = WireHistoryResult.newBuilder()
                        .setEpoch(h.top().epoch())
                        .setOffset(h.top().offset());
                h.publications().forEach(each -> b.addPublications(wire(each)));
                w.setHistory(b);
            }
            case Result.Ping _ -> w.setPing(empty);
            case Result.Rpc r -> w.setRpc(WireData.newBuilder().setData(string(r.data())));
            case Result.SubRefresh r ->
                w.setSubRefresh(WireSubRefreshResult.newBuilder()
                        .setExpires(r.expires())
                        .setTtl(r.ttl()));
        }
    }

    private static WireSubscribeResult wire(Result.Subscribe s) {
        WireSubscribeResult.Builder b = WireSubscribeResult.newBuilder()
                .setExpires(s.expires())
                .setTtl(s.ttl())
                .setRecoverable(s.recoverable())
                .setEpoch(s.epoch())
                .setRecovered(s.recovered())
                .setOffset(s.offset())
                .setPositioned(s.positioned())
                .setData(string(s.data()))
                .setWasRecovering(s.wasRecovering())
                .setDelta(s.delta());
        s.publications().forEach(each -> b.addPublications(wire(each)));
        return b.build();
    }

    static WireClientInfo wire(ClientInfo info) {
        return WireClientInfo.newBuilder()
                .setUser(info.user())
                .setClient(info.client())
                .setConnInfo(string(info.connInfo()))
                .setChanInfo(string(info.chanInfo()))
                .build();
    }

    static WirePublication wire(Publication p) {
        WirePublication.Builder b = WirePublication.newBuilder()
                .setData(string(p.data()))
                .setOffset(p.offset())
                .putAllTags(p.tags())
                .setDelta(p.delta())
                .setTime(p.time());
        p.info().ifPresent(info -> b.setInfo(wire(info)));
        return b.build();
    }

    private static WirePush wire(Push push) {
        WirePush.Builder w = WirePush.newBuilder().setChannel(push.channel());
        switch (push) {
            case Push.Pub p -> w.setPub(wire(p.publication()));
            case Push.Join j -> w.setJoin(WireClientInfoPush.newBuilder().setInfo(wire(j.info())));
            case Push.Leave l -> w.setLeave(WireClientInfoPush.newBuilder().setInfo(wire(l.info())));
            case Push.Unsubscribe u ->
                w.setUnsubscribe(
                        WireUnsubscribePush.newBuilder().setCode(u.code()).setReason(u.reason()));
            case Push.Subscribe s ->
                w.setSubscribe(WireSubscribePush.newBuilder()
                        .setRecoverable(s.recoverable())
                        .setEpoch(s.position().epoch())
                        .setOffset(s.position().offset())
                        .setPositioned(s.positioned())
                        .setData(string(s.data())));
            case Push.Message m -> w.setMessage(WireData.newBuilder().setData(string(m.data())));
            case Push.Connect connect -> {
                Result.Connect c = connect.result();
                WireConnectPush.Builder b = WireConnectPush.newBuilder()
                        .setClient(c.client())
                        .setVersion(c.version())
                        .setData(string(c.data()))
                        .setExpires(c.expires())
                        .setTtl(c.ttl())
                        .setPing(c.ping())
                        .setPong(c.pong())
                        .setSession(c.session())
                        .setNode(c.node())
                        .setTime(c.time());
                c.subs().forEach((channel, sub) -> b.putSubs(channel, wire(sub)));
                w.setConnect(b);
            }
            case Push.Disconnected d ->
                w.setDisconnect(WireDisconnectPush.newBuilder()
                        .setCode(d.code())
                        .setReason(d.reason())
                        .setReconnect(d.reconnect()));
            case Push.Refresh r ->
                w.setRefresh(
                        WireRefreshPush.newBuilder().setExpires(r.expires()).setTtl(r.ttl()));
        }
        return w.build();
    }

    // ---- from the wire, for clients ----

    /// A reply; empty if it is a push of a kind that is not known here.
    static Optional<Reply> reply(WireReply w) {
        long id = Integer.toUnsignedLong(w.getId());
        if (w.hasPush()) {
            return push(w.getPush()).map(Reply.Pushed::new);
        }
        if (w.hasError()) {
            WireError e = w.getError();
            return Optional.of(new Reply.Failed(id, new ReplyError(e.getCode(), e.getMessage(), e.getTemporary())));
        }
        Optional<Result> result = result(w);
        if (result.isPresent()) {
            return Optional.of(new Reply.Ok(id, result.get()));
        }
        if (id == 0) {
            return Optional.of(new Reply.Ping());
        }
        throw ProtobufCodec.malformed("reply without a result");
    }

    private static Optional<Result> result(WireReply w) {
        if (w.hasConnect()) {
            WireConnectResult c = w.getConnect();
            return Optional.of(new Result.Connect(
                    c.getClient(),
                    c.getVersion(),
                    c.getExpires(),
                    c.getTtl(),
                    bytes(c.getData()),
                    subs(c.getSubsMap()),
                    c.getPing(),
                    c.getPong(),
                    c.getSession(),
                    c.getNode(),
                    c.getTime()));
        }
        if (w.hasSubscribe()) {
            return Optional.of(subscribe(w.getSubscribe()));
        }
        if (w.hasUnsubscribe()) {
            return Optional.of(new Result.Unsubscribe());
        }
        if (w.hasPublish()) {
            return Optional.of(new Result.Publish());
        }
        if (w.hasPresence()) {
            Map<String, ClientInfo> presence = new HashMap<>();
            w.getPresence().getPresenceMap().forEach((client, info) -> presence.put(client, info(info)));
            return Optional.of(new Result.Presence(presence));
        }
        if (w.hasPresenceStats()) {
            return Optional.of(new Result.PresenceStats(
                    w.getPresenceStats().getNumClients(), w.getPresenceStats().getNumUsers()));
        }
        if (w.hasHistory()) {
            WireHistoryResult h = w.getHistory();
            return Optional.of(new Result.History(
                    publications(h.getPublicationsList()), new StreamPosition(h.getOffset(), h.getEpoch())));
        }
        if (w.hasPing()) {
            return Optional.of(new Result.Ping());
        }
        if (w.hasRpc()) {
            return Optional.of(new Result.Rpc(bytes(w.getRpc().getData())));
        }
        if (w.hasRefresh()) {
            WireRefreshResult r = w.getRefresh();
            return Optional.of(new Result.Refresh(r.getClient(), r.getVersion(), r.getExpires(), r.getTtl()));
        }
        if (w.hasSubRefresh()) {
            return Optional.of(new Result.SubRefresh(
                    w.getSubRefresh().getExpires(), w.getSubRefresh().getTtl()));
        }
        return Optional.empty();
    }

    private static Map<String, Result.Subscribe> subs(Map<String, WireSubscribeResult> wire) {
        Map<String, Result.Subscribe> subs = new HashMap<>();
        wire.forEach((channel, sub) -> subs.put(channel, subscribe(sub)));
        return subs;
    }

    private static Result.Subscribe subscribe(WireSubscribeResult s) {
        return new Result.Subscribe(
                s.getExpires(),
                s.getTtl(),
                s.getRecoverable(),
                s.getEpoch(),
                publications(s.getPublicationsList()),
                s.getRecovered(),
                s.getOffset(),
                s.getPositioned(),
                bytes(s.getData()),
                s.getWasRecovering(),
                s.getDelta());
    }

    private static List<Publication> publications(List<WirePublication> wire) {
        return wire.stream().map(ProtobufReplies::publication).toList();
    }

    static Publication publication(WirePublication p) {
        return new Publication(
                bytes(p.getData()),
                p.hasInfo() ? Optional.of(info(p.getInfo())) : Optional.empty(),
                p.getOffset(),
                p.getTagsMap(),
                p.getDelta(),
                p.getTime());
    }

    static ClientInfo info(WireClientInfo info) {
        return new ClientInfo(info.getUser(), info.getClient(), bytes(info.getConnInfo()), bytes(info.getChanInfo()));
    }

    private static Optional<Push> push(WirePush w) {
        String channel = w.getChannel();
        if (w.hasPub()) {
            return Optional.of(new Push.Pub(channel, publication(w.getPub())));
        }
        if (w.hasJoin()) {
            return Optional.of(new Push.Join(channel, who(w.getJoin())));
        }
        if (w.hasLeave()) {
            return Optional.of(new Push.Leave(channel, who(w.getLeave())));
        }
        if (w.hasUnsubscribe()) {
            return Optional.of(new Push.Unsubscribe(
                    channel, w.getUnsubscribe().getCode(), w.getUnsubscribe().getReason()));
        }
        if (w.hasSubscribe()) {
            WireSubscribePush s = w.getSubscribe();
            return Optional.of(new Push.Subscribe(
                    channel,
                    s.getRecoverable(),
                    new StreamPosition(s.getOffset(), s.getEpoch()),
                    s.getPositioned(),
                    bytes(s.getData())));
        }
        if (w.hasMessage()) {
            return Optional.of(new Push.Message(bytes(w.getMessage().getData())));
        }
        if (w.hasConnect()) {
            WireConnectPush c = w.getConnect();
            return Optional.of(new Push.Connect(new Result.Connect(
                    c.getClient(),
                    c.getVersion(),
                    c.getExpires(),
                    c.getTtl(),
                    bytes(c.getData()),
                    subs(c.getSubsMap()),
                    c.getPing(),
                    c.getPong(),
                    c.getSession(),
                    c.getNode(),
                    c.getTime())));
        }
        if (w.hasDisconnect()) {
            WireDisconnectPush d = w.getDisconnect();
            return Optional.of(new Push.Disconnected(d.getCode(), d.getReason(), d.getReconnect()));
        }
        if (w.hasRefresh()) {
            return Optional.of(
                    new Push.Refresh(w.getRefresh().getExpires(), w.getRefresh().getTtl()));
        }
        return Optional.empty();
    }

    private static ClientInfo who(WireClientInfoPush push) {
        if (!push.hasInfo()) {
            throw ProtobufCodec.malformed("join or leave without a client");
        }
        return info(push.getInfo());
    }
}
