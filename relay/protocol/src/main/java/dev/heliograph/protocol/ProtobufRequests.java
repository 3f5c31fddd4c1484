package dev.heliograph.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.heliograph.protocol.wire.WireChannelRequest;
import dev.heliograph.protocol.wire.WireCommand;
import dev.heliograph.protocol.wire.WireConnectRequest;
import dev.heliograph.protocol.wire.WireData;
import dev.heliograph.protocol.wire.WireEmpty;
import dev.heliograph.protocol.wire.WireFilterNode;
import dev.heliograph.protocol.wire.WireHistoryRequest;
import dev.heliograph.protocol.wire.WirePublishRequest;
import dev.heliograph.protocol.wire.WireRefreshRequest;
import dev.heliograph.protocol.wire.WireRpcRequest;
import dev.heliograph.protocol.wire.WireStreamPosition;
import dev.heliograph.protocol.wire.WireSubRefreshRequest;
import dev.heliograph.protocol.wire.WireSubscribeRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Commands between the model and the generated classes.
final class ProtobufRequests {

    private ProtobufRequests() {}

    static Bytes bytes(ByteString string) {
        return string.isEmpty() ? Bytes.EMPTY : Bytes.of(string.toByteArray());
    }

    /// Without a copy: neither side changes them.
    static ByteString string(Bytes bytes) {
        return bytes.isEmpty() ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap(bytes.array());
    }

    static Command command(WireCommand w) {
        CommandFields fields = new CommandFields();
        if (w.hasConnect()) {
            fields.connect = connect(w.getConnect());
        }
        if (w.hasPing()) {
            fields.ping = new Request.Ping();
        }
        if (w.hasSubscribe()) {
            fields.subscribe = subscribe(w.getSubscribe());
        }
        if (w.hasUnsubscribe()) {
            fields.unsubscribe = new Request.Unsubscribe(w.getUnsubscribe().getChannel());
        }
        if (w.hasPublish()) {
            WirePublishRequest p = w.getPublish();
            fields.publish =
                    new Request.Publish(p.getChannel(), bytes(p.getData()), p.getType(), p.getKey(), p.getRemoved());
        }
        if (w.hasPresence()) {
            fields.presence = new Request.Presence(w.getPresence().getChannel());
        }
        if (w.hasPresenceStats()) {
            fields.presenceStats =
                    new Request.PresenceStats(w.getPresenceStats().getChannel());
        }
        if (w.hasHistory()) {
            WireHistoryRequest h = w.getHistory();
            fields.history = new Request.History(
                    h.getChannel(),
                    h.getLimit(),
                    h.hasSince()
                            ? Optional.of(new StreamPosition(
                                    h.getSince().getOffset(), h.getSince().getEpoch()))
                            : Optional.empty(),
                    h.getReverse());
        }
        if (w.hasRpc()) {
            fields.rpc =
                    new Request.Rpc(w.getRpc().getMethod(), bytes(w.getRpc().getData()));
        }
        if (w.hasSend()) {
            fields.send = new Request.Send(bytes(w.getSend().getData()));
        }
        if (w.hasRefresh()) {
            fields.refresh = new Request.Refresh(w.getRefresh().getToken());
        }
        if (w.hasSubRefresh()) {
            WireSubRefreshRequest r = w.getSubRefresh();
            fields.subRefresh = new Request.SubRefresh(r.getChannel(), r.getToken(), r.getType());
        }
        return fields.command(Integer.toUnsignedLong(w.getId()));
    }

    private static Request.Connect connect(WireConnectRequest c) {
        bounded(c.getSubsCount());
        bounded(c.getHeadersCount());
        Map<String, Request.Subscribe> subs = new LinkedHashMap<>();
        c.getSubsMap()
                .forEach((channel, sub) -> subs.put(
                        channel,
                        Request.Subscribe.to(channel).recovering(sub.getRecover(), sub.getEpoch(), sub.getOffset())));
        return new Request.Connect(
                c.getToken(), bytes(c.getData()), subs, c.getName(), c.getVersion(), c.getHeadersMap(), c.getFlag());
    }

    private static Request.Subscribe subscribe(WireSubscribeRequest s) {
        return new Request.Subscribe(
                s.getChannel(),
                s.getToken(),
                s.getRecover(),
                s.getEpoch(),
                s.getOffset(),
                bytes(s.getData()),
                s.getPositioned(),
                s.getRecoverable(),
                s.getJoinLeave(),
                s.getDelta(),
                s.hasTf() ? Optional.of(filter(s.getTf())) : Optional.empty(),
                s.getFlag(),
                s.getType());
    }

    /// Its nesting is bounded by the parser's recursion limit.
    private static Request.FilterNode filter(WireFilterNode f) {
        bounded(f.getValsCount());
        bounded(f.getNodesCount());
        List<Request.FilterNode> nodes =
                f.getNodesList().stream().map(ProtobufRequests::filter).toList();
        return new Request.FilterNode(f.getOp(), f.getKey(), f.getCmp(), f.getVal(), f.getValsList(), nodes);
    }

    private static void bounded(int entries) {
        if (entries > Codec.Limits.MAX_ENTRIES) {
            throw ProtobufCodec.malformed("too many entries");
        }
    }

    static WireCommand wire(Command command) {
        WireCommand.Builder w = WireCommand.newBuilder().setId((int) command.id());
        switch (command.request()) {
            case Request.Pong _ -> {}
            case Request.Connect c -> {
                WireConnectRequest.Builder b = WireConnectRequest.newBuilder()
                        .setToken(c.token())
                        .setData(string(c.data()))
                        .setName(c.name())
                        .setVersion(c.version())
                        .putAllHeaders(c.headers())
                        .setFlag(c.flag());
                c.subs().forEach((channel, sub) -> b.putSubs(channel, wire(sub)));
                w.setConnect(b);
            }
            case Request.Subscribe s -> w.setSubscribe(wire(s));
            case Request.Unsubscribe u -> w.setUnsubscribe(channel(u.channel()));
            case Request.Publish p ->
                w.setPublish(WirePublishRequest.newBuilder()
                        .setChannel(p.channel())
                        .setData(string(p.data()))
                        .setType(p.type())
                        .setKey(p.key())
                        .setRemoved(p.removed()));
            case Request.Presence p -> w.setPresence(channel(p.channel()));
            case Request.PresenceStats p -> w.setPresenceStats(channel(p.channel()));
            case Request.History h -> {
                WireHistoryRequest.Builder b = WireHistoryRequest.newBuilder()
                        .setChannel(h.channel())
                        .setLimit(h.limit())
                        .setReverse(h.reverse());
                h.since()
                        .ifPresent(since -> b.setSince(WireStreamPosition.newBuilder()
                                .setOffset(since.offset())
                                .setEpoch(since.epoch())));
                w.setHistory(b);
            }
            case Request.Ping _ -> w.setPing(WireEmpty.getDefaultInstance());
            case Request.Send s -> w.setSend(WireData.newBuilder().setData(string(s.data())));
            case Request.Rpc r ->
                w.setRpc(WireRpcRequest.newBuilder().setMethod(r.method()).setData(string(r.data())));
            case Request.Refresh r ->
                w.setRefresh(WireRefreshRequest.newBuilder().setToken(r.token()));
            case Request.SubRefresh r ->
                w.setSubRefresh(WireSubRefreshRequest.newBuilder()
                        .setChannel(r.channel())
                        .setToken(r.token())
                        .setType(r.type()));
        }
        return w.build();
    }

    private static WireChannelRequest channel(String channel) {
        return WireChannelRequest.newBuilder().setChannel(channel).build();
    }

    private static WireSubscribeRequest wire(Request.Subscribe s) {
        WireSubscribeRequest.Builder b = WireSubscribeRequest.newBuilder()
                .setChannel(s.channel())
                .setToken(s.token())
                .setRecover(s.recover())
                .setEpoch(s.epoch())
                .setOffset(s.offset())
                .setData(string(s.data()))
                .setPositioned(s.positioned())
                .setRecoverable(s.recoverable())
                .setJoinLeave(s.joinLeave())
                .setDelta(s.delta())
                .setFlag(s.flag())
                .setType(s.type());
        s.filter().ifPresent(filter -> b.setTf(wire(filter)));
        return b.build();
    }

    private static WireFilterNode wire(Request.FilterNode f) {
        WireFilterNode.Builder b = WireFilterNode.newBuilder()
                .setOp(f.op())
                .setKey(f.key())
                .setCmp(f.cmp())
                .setVal(f.val())
                .addAllVals(f.vals());
        f.nodes().forEach(node -> b.addNodes(wire(node)));
        return b.build();
    }
}
