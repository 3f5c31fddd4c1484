package dev.heliograph.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.heliograph.protocol.wire.Wire;
import dev.heliograph.protocol.wire.WireClientInfo;
import dev.heliograph.protocol.wire.WireCommand;
import dev.heliograph.protocol.wire.WirePublication;
import dev.heliograph.protocol.wire.WirePush;
import dev.heliograph.protocol.wire.WireReply;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufCodecTest {

    private static final Codec CODEC = Encoding.PROTOBUF.codec();

    private static byte[] hex(String bytes) {
        return HexFormat.ofDelimiter(" ").parseHex(bytes);
    }

    /// Without the length before it.
    private static byte[] message(Reply reply) {
        byte[] frame = CODEC.encode(reply);
        assertThat(frame[0]).as("a short message").isEqualTo((byte) (frame.length - 1));
        return Arrays.copyOfRange(frame, 1, frame.length);
    }

    // Bytes worked out by hand from the field numbers of protocol chapters A.3 and A.4: a tag is number * 8 + wire
    // type.

    @Test
    void aSubscribeCommandHasTheseBytes() {
        Command command = new Command(1, Request.Subscribe.to("c"));
        byte[] bytes = hex(
                "07" // length
                        + " 08 01" // id (1) = 1
                        + " 2a 03" // subscribe (5), 3 bytes
                        + " 0a 01 63"); // channel (1) = "c"

        assertThat(CODEC.encode(command)).isEqualTo(bytes);
        assertThat(RoundTripTest.decodeCommands(CODEC, bytes)).containsExactly(command);
    }

    @Test
    void aRecoveringSubscribeCommandHasTheseBytes() {
        Command command = new Command(
                300,
                Request.Subscribe.to("c")
                        .withToken("t")
                        .recoveringFrom(new StreamPosition(-1, "e"))
                        .asking(true, true, true));
        byte[] bytes = hex(
                "21" // length
                        + " 08 ac 02" // id (1) = 300
                        + " 2a 1c" // subscribe (5), 28 bytes
                        + " 0a 01 63" // channel (1) = "c"
                        + " 12 01 74" // token (2) = "t"
                        + " 18 01" // recover (3)
                        + " 32 01 65" // epoch (6) = "e"
                        + " 38 ff ff ff ff ff ff ff ff ff 01" // offset (7) = 2^64 - 1
                        + " 48 01 50 01 58 01"); // positioned (9), recoverable (10), join_leave (11)

        assertThat(CODEC.encode(command)).isEqualTo(bytes);
        assertThat(RoundTripTest.decodeCommands(CODEC, bytes)).containsExactly(command);
    }

    @Test
    void aPublicationPushHasTheseBytes() {
        Reply reply = new Reply.Pushed(
                new Push.Pub("c", Publication.of(Bytes.utf8("hi")).at(5)));
        byte[] bytes = hex(
                "0d" // length
                        + " 22 0b" // push (4), 11 bytes
                        + " 12 01 63" // channel (2) = "c"
                        + " 22 06" // pub (4), 6 bytes
                        + " 22 02 68 69" // data (4) = "hi"
                        + " 30 05"); // offset (6) = 5

        assertThat(CODEC.encode(reply)).isEqualTo(bytes);
        assertThat(RoundTripTest.decodeReplies(CODEC, bytes)).containsExactly(reply);
    }

    @Test
    void anErrorReplyHasTheseBytes() {
        Reply reply = new Reply.Failed(9, new ReplyError(103, "x", true));
        byte[] bytes = hex(
                "0b" // length
                        + " 08 09" // id (1) = 9
                        + " 12 07" // error (2), 7 bytes
                        + " 08 67 12 01 78 18 01"); // code (1) = 103, message (2) = "x", temporary (3)

        assertThat(CODEC.encode(reply)).isEqualTo(bytes);
        assertThat(RoundTripTest.decodeReplies(CODEC, bytes)).containsExactly(reply);
    }

    @Test
    void aBackwardHistoryCommandHasTheseBytes() {
        Command command = new Command(1, new Request.History("c", -1, Optional.of(new StreamPosition(2, "e")), true));
        byte[] bytes = hex(
                "1b" // length
                        + " 08 01" // id (1) = 1
                        + " 52 17" // history (10), 23 bytes
                        + " 0a 01 63" // channel (1) = "c"
                        + " 38 ff ff ff ff ff ff ff ff ff 01" // limit (7) = -1
                        + " 42 05 08 02 12 01 65" // since (8): offset (1) = 2, epoch (2) = "e"
                        + " 48 01"); // reverse (9)

        assertThat(CODEC.encode(command)).isEqualTo(bytes);
        assertThat(RoundTripTest.decodeCommands(CODEC, bytes)).containsExactly(command);
    }

    @Test
    void pingAndPongAreOneZeroByte() {
        assertThat(CODEC.encode(new Reply.Ping())).isEqualTo(hex("00"));
        assertThat(CODEC.encode(new Command(0, new Request.Pong()))).isEqualTo(hex("00"));
        assertThat(RoundTripTest.decodeReplies(CODEC, hex("00 00")))
                .containsExactly(new Reply.Ping(), new Reply.Ping());
        assertThat(RoundTripTest.decodeCommands(CODEC, hex("00"))).containsExactly(new Command(0, new Request.Pong()));
    }

    @Test
    void anEmptyResultIsThereAllTheSame() {
        assertThat(CODEC.encode(new Reply.Ok(3, new Result.Publish()))).isEqualTo(hex("04 08 03 42 00"));
        assertThat(RoundTripTest.decodeReplies(CODEC, hex("04 08 03 42 00")))
                .containsExactly(new Reply.Ok(3, new Result.Publish()));
    }

    // Against the generated classes.

    @Test
    void theGeneratedClassesReadWhatIsWritten() throws InvalidProtocolBufferException {
        ClientInfo info = new ClientInfo("u", "c", Bytes.utf8("1"), Bytes.utf8("2"));
        Reply reply = new Reply.Pushed(
                new Push.Pub("ch", new Publication(Bytes.utf8("d"), Optional.of(info), 6, Map.of("k", "v"), true, 9)));

        assertThat(WireReply.parseFrom(message(reply)))
                .isEqualTo(WireReply.newBuilder()
                        .setPush(WirePush.newBuilder()
                                .setChannel("ch")
                                .setPub(WirePublication.newBuilder()
                                        .setData(ByteString.copyFromUtf8("d"))
                                        .setInfo(WireClientInfo.newBuilder()
                                                .setUser("u")
                                                .setClient("c")
                                                .setConnInfo(ByteString.copyFromUtf8("1"))
                                                .setChanInfo(ByteString.copyFromUtf8("2")))
                                        .setOffset(6)
                                        .putTags("k", "v")
                                        .setDelta(true)
                                        .setTime(9)))
                        .build());
    }

    @Test
    void everyMessageIsPrefixedByItsLength() throws InvalidProtocolBufferException {
        for (int seed = 0; seed < 1_000; seed++) {
            byte[] frame = CODEC.encode(new Messages(seed).command());
            int prefix = frame[0] < 0 ? 2 : 1;
            WireCommand command = WireCommand.parseFrom(Arrays.copyOfRange(frame, prefix, frame.length));

            assertThat(command.getUnknownFields()).isEqualTo(UnknownFieldSet.getDefaultInstance());
            assertThat(command.getSerializedSize()).isEqualTo(frame.length - prefix);
        }
    }

    @Test
    void payloadsAreAnyBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        Command publish = new Command(1, Request.Publish.of("c", Bytes.of(all)));
        Reply push = new Reply.Pushed(new Push.Pub("c", Publication.of(Bytes.of(all))));

        assertThat(RoundTripTest.decodeCommands(CODEC, CODEC.encode(publish))).containsExactly(publish);
        assertThat(RoundTripTest.decodeReplies(CODEC, CODEC.encode(push))).containsExactly(push);
    }

    @Test
    void unknownFieldsAreIgnored() {
        // Fields 2 (a number), 100 (bytes) and 101 (fixed) around an id, and field 30 within the request.
        byte[] bytes = hex("19 10 05 a2 06 01 78 08 01 a9 06 01 02 03 04 05 06 07 08 5a 05 f2 01 02 0a 00");

        assertThat(RoundTripTest.decodeCommands(CODEC, bytes)).containsExactly(new Command(1, new Request.Ping()));
    }

    @Test
    void pushesOfUnknownKindsArePassedOver() {
        assertThat(RoundTripTest.decodeReplies(CODEC, hex("08 22 06 12 01 63 f2 01 00 00")))
                .containsExactly(new Reply.Ping());
    }

    // The numbers of A.3 and A.4, typed in once more: a slip in the .proto file would be the same on both sides.

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WireCommand | id=1:uint32 connect=4 subscribe=5 unsubscribe=6 publish=7 presence=8 presence_stats=9 history=10 ping=11 send=12 rpc=13 refresh=14 sub_refresh=15
            WireReply | id=1:uint32 error=2 push=4 connect=5 subscribe=6 unsubscribe=7 publish=8 presence=9 presence_stats=10 history=11 ping=12 rpc=13 refresh=14 sub_refresh=15
            WireError | code=1:uint32 message=2:string temporary=3:bool
            WirePush | channel=2:string pub=4 join=5 leave=6 unsubscribe=7 message=8 subscribe=9 connect=10 disconnect=11 refresh=12
            WireConnectRequest | token=1:string data=2:bytes subs=3 name=4:string version=5:string headers=6 flag=7:int64
            WireConnectResult | client=1:string version=2:string expires=3:bool ttl=4:uint32 data=5:bytes subs=6 ping=7:uint32 pong=8:bool session=9:string node=10:string time=11:int64
            WireRefreshRequest | token=1:string
            WireRefreshResult | client=1:string version=2:string expires=3:bool ttl=4:uint32
            WireSubscribeRequest | channel=1:string token=2:string recover=3:bool epoch=6:string offset=7:uint64 data=8:bytes positioned=9:bool recoverable=10:bool join_leave=11:bool delta=12:string tf=13 flag=14:int64 type=15:int32
            WireSubscribeResult | expires=1:bool ttl=2:uint32 recoverable=3:bool epoch=6:string publications=7 recovered=8:bool offset=9:uint64 positioned=10:bool data=11:bytes was_recovering=12:bool delta=13:bool
            WirePublishRequest | channel=1:string data=2:bytes type=3:int32 key=4:string removed=5:bool
            WireChannelRequest | channel=1:string
            WirePresenceResult | presence=1
            WirePresenceStatsResult | num_clients=1:uint32 num_users=2:uint32
            WireHistoryRequest | channel=1:string limit=7:int32 since=8 reverse=9:bool
            WireHistoryResult | publications=1 epoch=2:string offset=3:uint64
            WireStreamPosition | offset=1:uint64 epoch=2:string
            WireRpcRequest | data=1:bytes method=2:string
            WireData | data=1:bytes
            WireSubRefreshRequest | channel=1:string token=2:string type=3:int32
            WireSubRefreshResult | expires=1:bool ttl=2:uint32
            WireClientInfo | user=1:string client=2:string conn_info=3:bytes chan_info=4:bytes
            WirePublication | data=4:bytes info=5 offset=6:uint64 tags=7 delta=8:bool time=9:int64
            WireClientInfoPush | info=1
            WireUnsubscribePush | code=2:uint32 reason=3:string
            WireSubscribePush | recoverable=1:bool epoch=4:string offset=5:uint64 positioned=6:bool data=7:bytes
            WireConnectPush | client=1:string version=2:string data=3:bytes subs=4 expires=5:bool ttl=6:uint32 ping=7:uint32 pong=8:bool session=9:string node=10:string time=11:int64
            WireDisconnectPush | code=1:uint32 reason=2:string reconnect=3:bool
            WireRefreshPush | expires=1:bool ttl=2:uint32
            WireFilterNode | op=1:string key=2:string cmp=3:string val=4:string vals=5:string nodes=6
            """)
    void fieldsHaveTheNumbersOfTheProtocol(String message, String fields) {
        Descriptor descriptor = Wire.getDescriptor().findMessageTypeByName(message);

        assertThat(descriptor.getFields().stream()
                        .map(ProtobufCodecTest::describe)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(fields);
    }

    private static String describe(FieldDescriptor field) {
        String number = field.getName() + "=" + field.getNumber();
        return field.getType() == FieldDescriptor.Type.MESSAGE
                ? number
                : number + ":" + field.getType().name().toLowerCase(Locale.ROOT);
    }

    @Test
    void allMessagesButTheEmptyOneAreInThatTable() {
        List<String> names = Wire.getDescriptor().getMessageTypes().stream()
                .filter(type -> !type.getFields().isEmpty())
                .map(Descriptor::getName)
                .toList();

        assertThat(names).hasSize(30);
    }
}
