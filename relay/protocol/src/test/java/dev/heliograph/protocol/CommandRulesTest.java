package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.protocol.wire.WireChannelRequest;
import dev.heliograph.protocol.wire.WireCommand;
import dev.heliograph.protocol.wire.WireConnectRequest;
import dev.heliograph.protocol.wire.WireData;
import dev.heliograph.protocol.wire.WireEmpty;
import dev.heliograph.protocol.wire.WireHistoryRequest;
import dev.heliograph.protocol.wire.WirePublishRequest;
import dev.heliograph.protocol.wire.WireRefreshRequest;
import dev.heliograph.protocol.wire.WireRpcRequest;
import dev.heliograph.protocol.wire.WireSubRefreshRequest;
import dev.heliograph.protocol.wire.WireSubscribeRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What both decoders make of commands (protocol A.3 and A.6), and the bounds they keep to.
class CommandRulesTest {

    private static final List<Class<? extends Request>> PRECEDENCE = List.of(
            Request.Connect.class,
            Request.Ping.class,
            Request.Subscribe.class,
            Request.Unsubscribe.class,
            Request.Publish.class,
            Request.Presence.class,
            Request.PresenceStats.class,
            Request.History.class,
            Request.Rpc.class,
            Request.Send.class,
            Request.Refresh.class,
            Request.SubRefresh.class);

    private static final List<String> JSON_FIELDS = List.of(
            "\"connect\":{}",
            "\"ping\":{}",
            "\"subscribe\":{\"channel\":\"c\"}",
            "\"unsubscribe\":{\"channel\":\"c\"}",
            "\"publish\":{\"channel\":\"c\"}",
            "\"presence\":{\"channel\":\"c\"}",
            "\"presence_stats\":{\"channel\":\"c\"}",
            "\"history\":{\"channel\":\"c\"}",
            "\"rpc\":{}",
            "\"send\":{}",
            "\"refresh\":{}",
            "\"sub_refresh\":{\"channel\":\"c\"}");

    private static WireCommand wire(int id, int firstField) {
        WireCommand.Builder all = WireCommand.newBuilder().setId(id);
        WireChannelRequest channel =
                WireChannelRequest.newBuilder().setChannel("c").build();
        List<Runnable> setters = List.of(
                () -> all.setConnect(WireConnectRequest.getDefaultInstance()),
                () -> all.setPing(WireEmpty.getDefaultInstance()),
                () -> all.setSubscribe(WireSubscribeRequest.newBuilder().setChannel("c")),
                () -> all.setUnsubscribe(channel),
                () -> all.setPublish(WirePublishRequest.newBuilder().setChannel("c")),
                () -> all.setPresence(channel),
                () -> all.setPresenceStats(channel),
                () -> all.setHistory(WireHistoryRequest.newBuilder().setChannel("c")),
                () -> all.setRpc(WireRpcRequest.getDefaultInstance()),
                () -> all.setSend(WireData.getDefaultInstance()),
                () -> all.setRefresh(WireRefreshRequest.getDefaultInstance()),
                () -> all.setSubRefresh(WireSubRefreshRequest.newBuilder().setChannel("c")));
        setters.subList(firstField, setters.size()).forEach(Runnable::run);
        return all.build();
    }

    private static byte[] frame(WireCommand command) {
        byte[] bytes = command.toByteArray();
        byte[] frame = new byte[bytes.length + 1];
        frame[0] = (byte) bytes.length;
        System.arraycopy(bytes, 0, frame, 1, bytes.length);
        return frame;
    }

    private static byte[] json(long id, List<String> fields) {
        return ("{\"id\":" + id + fields.stream().map(","::concat).reduce("", String::concat) + "}").getBytes(UTF_8);
    }

    private static void refused(Encoding encoding, byte[] frame) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> RoundTripTest.decodeCommands(encoding.codec(), frame))
                .satisfies(e -> assertThat(e.code()).isEqualTo(DisconnectCode.BAD_REQUEST));
    }

    @Test
    void ofSeveralRequestsTheFirstOfTheOrderCounts() {
        for (int first = 0; first < PRECEDENCE.size(); first++) {
            List<String> backwards = new ArrayList<>(JSON_FIELDS.subList(first, JSON_FIELDS.size()));
            Collections.reverse(backwards);

            List<Command> fromJson = RoundTripTest.decodeCommands(Encoding.JSON.codec(), json(1, backwards));
            List<Command> fromProtobuf = RoundTripTest.decodeCommands(Encoding.PROTOBUF.codec(), frame(wire(1, first)));

            assertThat(fromJson).hasSize(1).isEqualTo(fromProtobuf);
            assertThat(fromJson.getFirst().request()).isInstanceOf(PRECEDENCE.get(first));
        }
    }

    @Test
    void aCommandWithoutIdIsAPongUnlessItSends() {
        List<String> noSend = new ArrayList<>(JSON_FIELDS);
        noSend.remove("\"send\":{}");
        WireCommand noSendWire = wire(0, 0).toBuilder().clearSend().build();

        assertThat(RoundTripTest.decodeCommands(Encoding.JSON.codec(), json(0, noSend)))
                .containsExactly(new Command(0, new Request.Pong()));
        assertThat(RoundTripTest.decodeCommands(Encoding.PROTOBUF.codec(), frame(noSendWire)))
                .containsExactly(new Command(0, new Request.Pong()));
        assertThat(RoundTripTest.decodeCommands(Encoding.JSON.codec(), json(0, JSON_FIELDS)))
                .containsExactly(new Command(0, new Request.Send(Bytes.EMPTY)));
        assertThat(RoundTripTest.decodeCommands(Encoding.PROTOBUF.codec(), frame(wire(0, 0))))
                .containsExactly(new Command(0, new Request.Send(Bytes.EMPTY)));
    }

    @Test
    void aCommandWithoutARequestIsRefused() {
        refused(Encoding.JSON, json(1, List.of()));
        refused(Encoding.PROTOBUF, frame(WireCommand.newBuilder().setId(1).build()));
    }

    static List<Request> requestsWithoutTheirChannel() {
        return List.of(
                Request.Subscribe.to(""),
                new Request.Unsubscribe(""),
                Request.Publish.of("", Bytes.utf8("1")),
                new Request.Presence(""),
                new Request.PresenceStats(""),
                new Request.History("", 0, Optional.empty(), false),
                new Request.SubRefresh("", "t", 0));
    }

    @ParameterizedTest
    @MethodSource("requestsWithoutTheirChannel")
    void aRequestWithoutItsChannelIsRefused(Request request) {
        for (Encoding encoding : Encoding.values()) {
            refused(encoding, encoding.codec().encode(new Command(1, request)));
        }
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void anEmptyFrameIsRefused(Encoding encoding) {
        refused(encoding, new byte[0]);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void whatComesBeforeAMalformedCommandStillCounts(Encoding encoding) {
        Codec codec = encoding.codec();
        Command first = new Command(1, new Request.Refresh("t"));
        byte[] frame = codec.join(List.of(codec.encode(first), codec.encode(first), new byte[] {'{', 'x'}));
        List<Command> seen = new ArrayList<>();

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> codec.decodeCommands(frame, 0, frame.length, seen::add));

        assertThat(seen).containsExactly(first, first);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void whatTheConsumerThrowsPassesThrough(Encoding encoding) {
        byte[] frame = encoding.codec().encode(new Command(0, new Request.Pong()));
        IllegalStateException thrown = new IllegalStateException();

        assertThatThrownBy(() -> encoding.codec().decodeCommands(frame, 0, frame.length, _ -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    // Bounds.

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void aFrameHasABoundedNumberOfMessages(Encoding encoding) {
        Codec codec = encoding.codec();
        byte[] pong = codec.encode(new Command(0, new Request.Pong()));
        List<byte[]> most = Collections.nCopies(Codec.Limits.MAX_MESSAGES, pong);
        List<byte[]> tooMany = Collections.nCopies(Codec.Limits.MAX_MESSAGES + 1, pong);

        assertThat(RoundTripTest.decodeCommands(codec, codec.join(most))).hasSize(Codec.Limits.MAX_MESSAGES);
        refused(encoding, codec.join(tooMany));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void mapsAndListsHaveABoundedNumberOfEntries(Encoding encoding) {
        Codec codec = encoding.codec();
        int most = Codec.Limits.MAX_ENTRIES;

        for (Request request : List.of(headers(most), subs(most), vals(most), nodes(most))) {
            Command command = new Command(1, request);
            assertThat(RoundTripTest.decodeCommands(codec, codec.encode(command)))
                    .containsExactly(command);
        }
        for (Request request : List.of(headers(most + 1), subs(most + 1), vals(most + 1), nodes(most + 1))) {
            refused(encoding, codec.encode(new Command(1, request)));
        }
    }

    private static Request headers(int entries) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            headers.put("h" + i, "");
        }
        return new Request.Connect("", Bytes.EMPTY, Map.of(), "", "", headers, 0);
    }

    private static Request subs(int entries) {
        Map<String, Request.Subscribe> subs = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            subs.put("c" + i, Request.Subscribe.to("c" + i));
        }
        return new Request.Connect("", Bytes.EMPTY, subs, "", "", Map.of(), 0);
    }

    private static Request vals(int entries) {
        return filtered(new Request.FilterNode("", "", "", "", Collections.nCopies(entries, "v"), List.of()));
    }

    private static Request nodes(int entries) {
        Request.FilterNode leaf = new Request.FilterNode("", "k", "ex", "", List.of(), List.of());
        return filtered(new Request.FilterNode("and", "", "", "", List.of(), Collections.nCopies(entries, leaf)));
    }

    private static Request filtered(Request.FilterNode filter) {
        return new Request.Subscribe(
                "c", "", false, "", 0, Bytes.EMPTY, false, false, false, "", Optional.of(filter), 0, 0);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void filtersHaveABoundedDepth(Encoding encoding) {
        Codec codec = encoding.codec();
        Command deep = new Command(1, filtered(nested(30)));

        assertThat(RoundTripTest.decodeCommands(codec, codec.encode(deep))).containsExactly(deep);
        refused(encoding, codec.encode(new Command(1, filtered(nested(Codec.Limits.MAX_DEPTH)))));
    }

    private static Request.FilterNode nested(int depth) {
        Request.FilterNode node = new Request.FilterNode("", "k", "ex", "", List.of(), List.of());
        for (int i = 1; i < depth; i++) {
            node = new Request.FilterNode("not", "", "", "", List.of(), List.of(node));
        }
        return node;
    }
}
