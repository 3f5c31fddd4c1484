package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    private static final Codec CODEC = Encoding.JSON.codec();
    private static final ClientInfo ANN = new ClientInfo("42", "77", Bytes.EMPTY, Bytes.EMPTY);
    private static final Result.Subscribe NOTHING_TO_SAY =
            new Result.Subscribe(false, 0, false, "", List.of(), false, 0, false, Bytes.EMPTY, false, false);

    private static String json(Reply reply) {
        return new String(CODEC.encode(reply), UTF_8);
    }

    private static String json(Command command) {
        return new String(CODEC.encode(command), UTF_8);
    }

    private static List<Command> commands(String frame) {
        return RoundTripTest.decodeCommands(CODEC, frame.getBytes(UTF_8));
    }

    private static List<Reply> replies(String frame) {
        return RoundTripTest.decodeReplies(CODEC, frame.getBytes(UTF_8));
    }

    private static Request.Publish publish(String data) {
        return Request.Publish.of("c", Bytes.utf8(data));
    }

    // The conversation of protocol chapter A.5, byte for byte.

    @Test
    void aClientConnects() {
        Command connect = new Command(1, new Request.Connect("<jwt>", Bytes.EMPTY, Map.of(), "js", "", Map.of(), 0));
        String text = "{\"id\":1,\"connect\":{\"token\":\"<jwt>\",\"name\":\"js\"}}";

        assertThat(json(connect)).isEqualTo(text);
        assertThat(commands(text)).containsExactly(connect);
    }

    @Test
    void theServerSaysHowItConnected() {
        Reply reply = new Reply.Ok(
                1, new Result.Connect("0c1f..", "6.9.1 OSS", true, 598, Bytes.EMPTY, Map.of(), 25, true, "", "", 0));
        String text = "{\"id\":1,\"connect\":{\"client\":\"0c1f..\",\"version\":\"6.9.1 OSS\",\"expires\":true,"
                + "\"ttl\":598,\"ping\":25,\"pong\":true}}";

        assertThat(json(reply)).isEqualTo(text);
        assertThat(replies(text)).containsExactly(reply);
    }

    @Test
    void aClientSubscribes() {
        Request.Subscribe plain = Request.Subscribe.to("chat:1");
        Command subscribe = new Command(
                2,
                new Request.Subscribe(
                        "chat:1", "", false, "", 0, Bytes.EMPTY, false, false, false, "", Optional.empty(), 1, 0));
        String text = "{\"id\":2,\"subscribe\":{\"channel\":\"chat:1\",\"flag\":1}}";

        assertThat(json(subscribe)).isEqualTo(text);
        assertThat(commands(text)).containsExactly(subscribe);
        assertThat(json(new Command(2, plain))).isEqualTo("{\"id\":2,\"subscribe\":{\"channel\":\"chat:1\"}}");
    }

    @Test
    void theServerLeavesOutAnOffsetOfZero() {
        Reply reply = new Reply.Ok(
                2,
                new Result.Subscribe(false, 0, true, "aBcDeFgH", List.of(), false, 0, true, Bytes.EMPTY, false, false));
        String text = "{\"id\":2,\"subscribe\":{\"recoverable\":true,\"epoch\":\"aBcDeFgH\",\"positioned\":true}}";

        assertThat(json(reply)).isEqualTo(text);
        assertThat(replies(text)).containsExactly(reply);
    }

    @Test
    void theServerPushesPublications() {
        Reply fromServer = new Reply.Pushed(new Push.Pub(
                "chat:1", Publication.of(Bytes.utf8("{\"t\":\"hi\"}")).at(1)));
        Reply fromClient = new Reply.Pushed(new Push.Pub(
                "chat:1",
                new Publication(
                        Bytes.utf8("{\"t\":\"yo\"}"),
                        Optional.of(new ClientInfo("42", "0c1f..", Bytes.EMPTY, Bytes.EMPTY)),
                        2,
                        Map.of(),
                        false,
                        0)));

        assertThat(json(fromServer))
                .isEqualTo("{\"push\":{\"channel\":\"chat:1\",\"pub\":{\"data\":{\"t\":\"hi\"},\"offset\":1}}}");
        assertThat(json(fromClient))
                .isEqualTo("{\"push\":{\"channel\":\"chat:1\",\"pub\":{\"data\":{\"t\":\"yo\"},"
                        + "\"info\":{\"user\":\"42\",\"client\":\"0c1f..\"},\"offset\":2}}}");
        assertThat(replies(json(fromServer) + "\n" + json(fromClient))).containsExactly(fromServer, fromClient);
    }

    @Test
    void theServerPushesJoins() {
        Reply reply = new Reply.Pushed(new Push.Join("chat:1", new ClientInfo("42", "77..", Bytes.EMPTY, Bytes.EMPTY)));
        String text = "{\"push\":{\"channel\":\"chat:1\",\"join\":{\"info\":{\"user\":\"42\",\"client\":\"77..\"}}}}";

        assertThat(json(reply)).isEqualTo(text);
        assertThat(replies(text)).containsExactly(reply);
    }

    @Test
    void aClientPublishes() {
        Command publish = new Command(3, Request.Publish.of("chat:1", Bytes.utf8("{\"t\":\"yo\"}")));
        String text = "{\"id\":3,\"publish\":{\"channel\":\"chat:1\",\"data\":{\"t\":\"yo\"}}}";

        assertThat(json(publish)).isEqualTo(text);
        assertThat(commands(text)).containsExactly(publish);
        assertThat(json(new Reply.Ok(3, new Result.Publish()))).isEqualTo("{\"id\":3,\"publish\":{}}");
        assertThat(replies("{\"id\":3,\"publish\":{}}")).containsExactly(new Reply.Ok(3, new Result.Publish()));
    }

    @Test
    void pingAndPongAreEmptyObjects() {
        assertThat(json(new Reply.Ping())).isEqualTo("{}");
        assertThat(replies("{}")).containsExactly(new Reply.Ping());
        assertThat(json(new Command(0, new Request.Pong()))).isEqualTo("{}");
        assertThat(commands("{}")).containsExactly(new Command(0, new Request.Pong()));
    }

    @Test
    void theServerRefuses() {
        Reply reply = new Reply.Failed(9, ErrorCode.PERMISSION_DENIED.error());
        String text = "{\"id\":9,\"error\":{\"code\":103,\"message\":\"permission denied\"}}";

        assertThat(json(reply)).isEqualTo(text);
        assertThat(replies(text)).containsExactly(reply);
    }

    @Test
    void theServerUnsubscribes() {
        Reply reply = new Reply.Pushed(new Push.Unsubscribe("chat:1", UnsubscribeCode.SERVER));
        String text = "{\"push\":{\"channel\":\"chat:1\",\"unsubscribe\":"
                + "{\"code\":2000,\"reason\":\"server unsubscribe\"}}}";

        assertThat(json(reply)).isEqualTo(text);
        assertThat(replies(text)).containsExactly(reply);
    }

    // What is always there, and what is not.

    @Test
    void zerosAreLeftOutButWhereClientsReadThemUnasked() {
        assertThat(json(new Reply.Ok(1, NOTHING_TO_SAY))).isEqualTo("{\"id\":1,\"subscribe\":{}}");
        assertThat(json(new Reply.Ok(1, new Result.Presence(Map.of()))))
                .isEqualTo("{\"id\":1,\"presence\":{\"presence\":{}}}");
        assertThat(json(new Reply.Ok(
                        1, new Result.Presence(Map.of("a", new ClientInfo("", "", Bytes.EMPTY, Bytes.EMPTY))))))
                .isEqualTo("{\"id\":1,\"presence\":{\"presence\":{\"a\":{\"user\":\"\",\"client\":\"\"}}}}");
        assertThat(json(new Reply.Ok(1, new Result.PresenceStats(0, 0))))
                .isEqualTo("{\"id\":1,\"presence_stats\":{\"num_clients\":0,\"num_users\":0}}");
        assertThat(json(new Reply.Ok(1, new Result.History(List.of(), StreamPosition.START))))
                .isEqualTo("{\"id\":1,\"history\":{\"publications\":[],\"epoch\":\"\",\"offset\":0}}");
        assertThat(json(new Reply.Pushed(new Push.Leave("c", ANN))))
                .isEqualTo("{\"push\":{\"channel\":\"c\",\"leave\":{\"info\":{\"user\":\"42\",\"client\":\"77\"}}}}");
    }

    @Test
    void everyFieldHasItsPlace() {
        Publication publication = new Publication(
                Bytes.utf8("1"),
                Optional.of(new ClientInfo("u", "c", Bytes.utf8("2"), Bytes.utf8("3"))),
                -1,
                Map.of("k", "v"),
                true,
                4);
        Reply reply = new Reply.Ok(
                Command.MAX_ID,
                new Result.Subscribe(
                        true, -1, true, "e", List.of(publication), true, 5, true, Bytes.utf8("6"), true, true));

        assertThat(json(reply))
                .isEqualTo("{\"id\":4294967295,\"subscribe\":{\"expires\":true,\"ttl\":4294967295,"
                        + "\"recoverable\":true,\"epoch\":\"e\",\"publications\":[{\"data\":1,\"info\":{\"user\":\"u\","
                        + "\"client\":\"c\",\"conn_info\":2,\"chan_info\":3},\"offset\":18446744073709551615,"
                        + "\"tags\":{\"k\":\"v\"},\"delta\":true,\"time\":4}],\"recovered\":true,\"offset\":5,"
                        + "\"positioned\":true,\"data\":6,\"was_recovering\":true,\"delta\":true}}");
    }

    @Test
    void textIsEscapedOnlyWhereItMustBe() {
        String text = "\" \\ / \b\f\n\r\t\u0000\u001f\u007f é 日 😀 \u2028 \ud83d";

        assertThat(json(new Command(1, new Request.Refresh(text))))
                .isEqualTo("{\"id\":1,\"refresh\":{\"token\":\"\\\" \\\\ / \\u0008\\u000c\\u000a\\u000d\\u0009"
                        + "\\u0000\\u001f\u007f é 日 😀 \u2028 ?\"}}");
    }

    // Payloads.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "0",
                "-0",
                "-0.0e-0",
                "1e400",
                "1E+400",
                "123456789012345678901234567890.123456789012345678901234567890",
                "\"\"",
                "\"\\u0000\\uD800 \\/ \\b\"",
                "\"é 日 😀 \u2028 \u007f\"",
                "{}",
                "[]",
                "[ ]",
                "{ \"a\" :\t[ 1 , { \"b\" : null } ] }",
                "{\"a\":1,\"a\":2,\"\":3,\"\\u0061\":4}",
                "{\"push\":{},\"id\":-1}",
                "[[[[[[[[[[]]]]]]]]]]"
            })
    void payloadsPassAsTheBytesTheyAre(String data) {
        String command = "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":" + data + "}}";
        String push = "{\"push\":{\"channel\":\"c\",\"pub\":{\"data\":" + data + "}}}";

        assertThat(commands(command)).containsExactly(new Command(1, publish(data)));
        assertThat(json(new Command(1, publish(data)))).isEqualTo(command);
        assertThat(json(new Reply.Pushed(new Push.Pub("c", Publication.of(Bytes.utf8(data))))))
                .isEqualTo(push);
        assertThat(replies(push))
                .containsExactly(new Reply.Pushed(new Push.Pub("c", Publication.of(Bytes.utf8(data)))));
    }

    @Test
    void whiteSpaceAroundAPayloadIsNotPartOfIt() {
        assertThat(commands("{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\" : \t 1e2 \t }}"))
                .containsExactly(new Command(1, publish("1e2")));
        assertThat(commands("{\"id\":1,\"publish\":{\"data\": \"x\" ,\"channel\":\"c\"}}"))
                .containsExactly(new Command(1, publish("\"x\"")));
    }

    @Test
    void lineBreaksOfAPayloadBecomeSpacesWhereItIsEmbedded() {
        String pretty = "{\r\n\t\"a\": \"\\n\"\n}\n";
        Bytes data = Bytes.utf8(pretty);

        assertThat(json(new Reply.Pushed(new Push.Pub("c", Publication.of(data)))))
                .isEqualTo("{\"push\":{\"channel\":\"c\",\"pub\":{\"data\":{  \t\"a\": \"\\n\" } }}}");
        assertThat(data.text()).isEqualTo(pretty);
    }

    @Test
    void whatIsAPayloadInOneMessageIsOneInAllOthers() {
        String deepest = "[".repeat(Codec.Limits.MAX_DEPTH) + "]".repeat(Codec.Limits.MAX_DEPTH);
        Publication publication = Publication.of(Bytes.utf8(deepest));
        Map<String, Result.Subscribe> subs = Map.of(
                "c",
                new Result.Subscribe(
                        false, 0, false, "", List.of(publication), false, 0, false, Bytes.EMPTY, false, false));
        Reply reply = new Reply.Ok(1, new Result.Connect("", "", false, 0, Bytes.EMPTY, subs, 0, false, "", "", 0));

        assertThat(JsonText.isValid(publication.data().array())).isTrue();
        assertThat(commands(json(new Command(1, publish(deepest))))).containsExactly(new Command(1, publish(deepest)));
        assertThat(replies(json(reply))).containsExactly(reply);
    }

    @Test
    void aPayloadLendsNoDepthToWhatComesAfterIt() {
        String publishes = "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":[[]]}}\n".repeat(1_000);
        int most = Codec.Limits.MAX_DEPTH - 1;
        String deepest = "{\"id\":1,\"ping\":" + "[".repeat(most) + "]".repeat(most) + "}";
        String tooDeep = "{\"id\":1,\"ping\":" + "[".repeat(most + 1) + "]".repeat(most + 1) + "}";

        assertThat(commands(publishes + deepest)).hasSize(1_001);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> commands(publishes + tooDeep));
    }

    @Test
    void mapsOfAConnectKeepTheirOrder() {
        String headers = "{\"z\":\"1\",\"a\":\"2\",\"m\":\"3\",\"b\":\"4\",\"y\":\"5\"}";
        String text = "{\"id\":1,\"connect\":{\"headers\":" + headers + "}}";

        assertThat(json(commands(text).getFirst())).isEqualTo(text);
    }

    // Leniency where it does no harm.

    @Test
    void unknownMembersAndNullsAreIgnored() {
        assertThat(commands("{\"x\":{\"id\":[1]},\"id\":1,\"publish\":null,\"connect\":null,"
                        + "\"subscribe\":{\"channel\":\"c\",\"token\":null,\"tf\":null,\"y\":1e400}}"))
                .containsExactly(new Command(1, Request.Subscribe.to("c")));
        assertThat(replies("{\"error\":null,\"z\":1,\"id\":3,\"publish\":{\"later\":true}}"))
                .containsExactly(new Reply.Ok(3, new Result.Publish()));
    }

    @Test
    void ofAMemberThatComesTwiceTheLastOneCounts() {
        assertThat(commands("{\"id\":1,\"id\":2,\"refresh\":{\"token\":\"a\"},\"refresh\":{\"token\":\"b\"}}"))
                .containsExactly(new Command(2, new Request.Refresh("b")));
    }

    @Test
    void membersComeInAnyOrderWithAnySpaceAndEscapesInNames() {
        assertThat(commands("{ \"refresh\" :\n{\t\"\\u0074oken\" : \"a\\u0062\\ud83d\\ude00\" } , \"i\\u0064\" : 5 }"))
                .containsExactly(new Command(5, new Request.Refresh("ab😀")));
    }

    @Test
    void pushesOfUnknownKindsArePassedOver() {
        assertThat(replies("{\"push\":{\"channel\":\"c\",\"later\":{}}}\n{}")).containsExactly(new Reply.Ping());
    }

    @Test
    void aFrameMayEndInOneLineFeed() {
        assertThat(commands("{}\n{}\n")).hasSize(2);
    }
}
