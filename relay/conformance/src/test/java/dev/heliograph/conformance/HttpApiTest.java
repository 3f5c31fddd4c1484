package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the methods of the server API do (protocol C).
class HttpApiTest extends HttpApiFixture {

    /// What clients are told of a time to live at most: a year.
    private static final int LONGEST_TTL = 365 * 24 * 3600;

    // ---- publish ----

    @Test
    void publishTellsThePlaceInTheHistoryAndReachesSubscribersWithTags() throws Exception {
        try (Member ann = member("ann").subscribe("log:publish")) {
            JsonNode first = result("publish", """
                    {"channel": "log:publish", "data": {"n": 1}, "tags": {"kind": "a", "size": "9"}}""");
            JsonNode second = result("publish", """
                    {"channel": "log:publish", "data": [2, "zwei \u00e4"]}""");
            assertThat(first.get("offset").longValue()).isEqualTo(1);
            assertThat(first.get("epoch").textValue()).isNotEmpty();
            assertThat(second.get("offset").longValue()).isEqualTo(2);
            assertThat(second.get("epoch")).isEqualTo(first.get("epoch"));

            Publication tagged = ann.publication("log:publish");
            assertThat(tagged.data()).isEqualTo(Bytes.utf8("{\"n\": 1}"));
            assertThat(tagged.tags()).isEqualTo(Map.of("kind", "a", "size", "9"));
            assertThat(tagged.offset()).isEqualTo(1);
            assertThat(tagged.info()).isEmpty();
            Publication plain = ann.publication("log:publish");
            assertThat(plain.data()).isEqualTo(Bytes.utf8("[2, \"zwei \u00e4\"]"));
            assertThat(plain.tags()).isEmpty();
        }
    }

    @Test
    void publishWithoutHistoryTellsNoPlace() throws Exception {
        try (Member ann = member("ann").subscribe("plain")) {
            assertThat(result("publish", "{\"channel\":\"plain\",\"data\":1}")).isEmpty();
            assertThat(ann.publication("plain").offset()).isZero();
        }
    }

    @Test
    void publishThatSkipsTheHistoryIsDeliveredAndNotKept() throws Exception {
        try (Member ann = member("ann").subscribe("log:skip")) {
            result("publish", "{\"channel\":\"log:skip\",\"data\":1}");
            assertThat(result("publish", "{\"channel\":\"log:skip\",\"data\":2,\"skip_history\":true}"))
                    .isEmpty();
            assertThat(ann.publication("log:skip").offset()).isEqualTo(1);
            Publication skipped = ann.publication("log:skip");
            assertThat(skipped.data()).isEqualTo(Bytes.utf8("2"));
            assertThat(skipped.offset()).isZero();
        }
        JsonNode history = result("history", "{\"channel\":\"log:skip\",\"limit\":10}");
        assertThat(history.get("publications")).hasSize(1);
        assertThat(history.get("offset").longValue()).isEqualTo(1);
    }

    @Test
    void publishTakesBase64() throws Exception {
        Bytes binary = Bytes.of(new byte[] {0, (byte) 0xFF, '"', '\n', (byte) 0x80});
        try (Member json = member("ann").subscribe("base64");
                Member protobuf = member("ann", Encoding.PROTOBUF).subscribe("raw:base64")) {
            result("publish", "{\"channel\":\"base64\",\"b64data\":\"%s\"}".formatted(base64(Bytes.utf8("{\"a\":1}"))));
            assertThat(json.publication("base64").data()).isEqualTo(Bytes.utf8("{\"a\":1}"));
            result("publish", "{\"channel\":\"raw:base64\",\"b64data\":\"%s\"}".formatted(base64(binary)));
            assertThat(protobuf.publication("raw:base64").data()).isEqualTo(binary);
        }
        assertError(107, "publish", "{\"channel\":\"base64\",\"b64data\":\"not base64\"}");
        assertError(107, "publish", "{\"channel\":\"base64\",\"b64data\":\"%s\"}".formatted(base64(binary)));
        // Bytes that are no JSON have no place in a JSON answer but as text.
        JsonNode history = result("history", "{\"channel\":\"raw:base64\",\"limit\":10}");
        assertThat(history.at("/publications/0/data").textValue()).isEqualTo(base64(binary));
    }

    @Test
    void publishWantsDataThatTheNamespaceTakes() throws Exception {
        assertError(107, "publish", "{\"channel\":\"a\"}");
        assertError(107, "publish", "{\"channel\":\"a\",\"b64data\":\"\"}");
        assertError(107, "publish", "{\"channel\":\"objects:a\",\"data\":[1]}");
        result("publish", "{\"channel\":\"objects:a\",\"data\":{}}");
        result("publish", "{\"channel\":\"a\",\"data\":null}");
    }

    @Test
    void anIdempotentPublishThatIsRepeatedPublishesOnce() throws Exception {
        try (Member ann = member("ann").subscribe("log:once").subscribe("once")) {
            for (String channel : List.of("log:once", "once")) {
                String publish = "{\"channel\":\"%s\",\"data\":%d,\"idempotency_key\":\"%s\"}";
                JsonNode first = result("publish", publish.formatted(channel, 1, "k1"));
                assertThat(result("publish", publish.formatted(channel, 2, "k1")))
                        .isEqualTo(first);
                result("publish", publish.formatted(channel, 3, "k2"));
                assertThat(result("publish", publish.formatted(channel, 4, "k1")))
                        .isEqualTo(first);
                assertThat(ann.publication(channel).data()).isEqualTo(Bytes.utf8("1"));
                assertThat(ann.publication(channel).data()).isEqualTo(Bytes.utf8("3"));
            }
        }
        JsonNode history = result("history", "{\"channel\":\"log:once\",\"limit\":10}");
        assertThat(history.get("offset").longValue()).isEqualTo(2);
        assertThat(history.at("/publications/1/data").intValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"idempotency_key", "version_epoch"})
    void keysThatTheRelayKeepsAreAtMost1024CharactersLong(String field) throws Exception {
        String publish = "{\"channel\":\"log:long\",\"data\":1,\"version\":1,\"%s\":\"%s\"}";
        result("publish", publish.formatted(field, "\u00e4".repeat(1_024)));
        JsonNode error = error("publish", publish.formatted(field, "k".repeat(1_025)));
        assertThat(error.get("code").intValue()).isEqualTo(107);
        assertThat(error.get("message").textValue()).isEqualTo(field + " is longer than 1024 characters");
    }

    @Test
    void publishSuppressesVersionsThatAreNotNewer() throws Exception {
        try (Member ann = member("ann").subscribe("log:version")) {
            String publish = "{\"channel\":\"log:version\",\"data\":\"%s\",\"version\":%d,\"version_epoch\":\"%s\"}";
            assertThat(offset(publish.formatted("first", 5, "e"))).isEqualTo(1);
            assertThat(offset(publish.formatted("same", 5, "e"))).isEqualTo(1);
            assertThat(offset(publish.formatted("older", 4, "e"))).isEqualTo(1);
            assertThat(offset(publish.formatted("newer", 6, "e"))).isEqualTo(2);
            assertThat(offset(publish.formatted("another epoch", 1, "f"))).isEqualTo(3);
            for (String expected : List.of("first", "newer", "another epoch")) {
                assertThat(ann.publication("log:version").data()).isEqualTo(Bytes.utf8("\"" + expected + "\""));
            }
        }
    }

    private long offset(String publish) throws Exception {
        return result("publish", publish).get("offset").longValue();
    }

    @Test
    void broadcastAnswersForEachChannelInOrder() throws Exception {
        try (Member ann = member("ann").subscribe("log:cast").subscribe("cast")) {
            JsonNode result = result("broadcast", """
                    {"channels": ["log:cast", "nowhere:cast", "", "cast"], "data": {"a": 1}, "tags": {"t": "1"}}""");
            JsonNode responses = result.get("responses");
            assertThat(responses).hasSize(4);
            assertThat(responses.at("/0/result/offset").longValue()).isEqualTo(1);
            assertThat(responses.at("/0/error").isMissingNode()).isTrue();
            assertThat(responses.at("/1/error/code").intValue()).isEqualTo(102);
            assertThat(responses.at("/1/result").isMissingNode()).isTrue();
            assertThat(responses.at("/2/error/code").intValue()).isEqualTo(107);
            assertThat(responses.at("/3/result").isObject()).isTrue();
            for (String channel : List.of("log:cast", "cast")) {
                Publication publication = ann.publication(channel);
                assertThat(publication.data()).isEqualTo(Bytes.utf8("{\"a\": 1}"));
                assertThat(publication.tags()).isEqualTo(Map.of("t", "1"));
            }
        }
        assertError(107, "broadcast", "{\"channels\":[],\"data\":1}");
        assertError(107, "broadcast", "{\"data\":1}");
    }

    // ---- the clients of a user ----

    @Test
    void subscribeTellsEveryClientOfTheUser() throws Exception {
        result("publish", "{\"channel\":\"log:sub\",\"data\":1}");
        try (Member one = member("sue");
                Member two = member("sue", Encoding.PROTOBUF);
                Member other = member("tom").subscribe("end")) {
            String subscribe = "{\"user\":\"sue\",\"channel\":\"log:sub\",\"data\":{\"hello\":1}}";
            assertThat(result("subscribe", subscribe)).isEmpty();
            // A repeat changes nothing, and tells nothing.
            result("subscribe", subscribe);
            result("publish", "{\"channel\":\"log:sub\",\"data\":2}");
            for (Member each : List.of(one, two)) {
                Push.Subscribe told = (Push.Subscribe) each.push();
                assertThat(told.channel()).isEqualTo("log:sub");
                assertThat(told.data()).isEqualTo(Bytes.utf8("{\"hello\":1}"));
                assertThat(told.recoverable()).isTrue();
                assertThat(told.positioned()).isTrue();
                assertThat(told.position().offset()).isEqualTo(1);
                assertThat(each.publication("log:sub").offset()).isEqualTo(2);
            }
            result("publish", "{\"channel\":\"end\",\"data\":1}");
            assertThat(other.publication("end").offset()).isZero();
        }
    }

    @Test
    void subscribeOfOneClientLeavesTheOthersOut() throws Exception {
        try (Member one = member("una").subscribe("una-end");
                Member two = member("una").subscribe("una-end")) {
            result("subscribe", "{\"user\":\"una\",\"client\":\"%s\",\"channel\":\"una-news\"}".formatted(one.id()));
            assertThat(one.push()).isInstanceOf(Push.Subscribe.class);
            // Neither the client of another user, nor one of a session: only emulated transports have those.
            result("subscribe", "{\"user\":\"bob\",\"client\":\"%s\",\"channel\":\"una-x\"}".formatted(two.id()));
            result("subscribe", "{\"user\":\"una\",\"session\":\"none\",\"channel\":\"una-x\"}");
            two.settle();
            result("publish", "{\"channel\":\"una-news\",\"data\":1}");
            result("publish", "{\"channel\":\"una-end\",\"data\":2}");
            assertThat(one.publication("una-news").data()).isEqualTo(Bytes.utf8("1"));
            assertThat(two.publication("una-end").data()).isEqualTo(Bytes.utf8("2"));
        }
    }

    @Test
    void subscribeRecoversWhatWasMissed() throws Exception {
        String epoch = "";
        for (int i = 1; i <= 3; i++) {
            epoch = result("publish", "{\"channel\":\"log:missed\",\"data\":%d}".formatted(i))
                    .get("epoch")
                    .textValue();
        }
        try (Member rec = member("rec")) {
            result("subscribe", """
                    {"user": "rec", "channel": "log:missed",
                      "recover_since": {"offset": 1, "epoch": "%s"}}""".formatted(epoch));
            assertThat(rec.push()).isInstanceOf(Push.Subscribe.class);
            assertThat(rec.publication("log:missed").offset()).isEqualTo(2);
            assertThat(rec.publication("log:missed").offset()).isEqualTo(3);
        }
    }

    @Test
    void subscribeGivesTheClientAnInfoInTheChannelAndOverridesOptions() throws Exception {
        try (Member vic = member("vic")) {
            result("subscribe", "{\"user\":\"vic\",\"channel\":\"room:info\",\"info\":{\"role\":\"host\"}}");
            result(
                    "subscribe",
                    "{\"user\":\"vic\",\"channel\":\"room:b64\",\"b64info\":\"%s\",\"b64data\":\"%s\"}"
                            .formatted(base64(Bytes.utf8("[7]")), base64(Bytes.utf8("8"))));
            result("subscribe", """
                    {"user": "vic", "channel": "room:unseen", "override": {"presence": {"value": false}}}""");
            assertThat(((Push.Subscribe) vic.push()).data()).isEqualTo(Bytes.EMPTY);
            assertThat(((Push.Subscribe) vic.push()).data()).isEqualTo(Bytes.utf8("8"));
            assertThat(vic.push().channel()).isEqualTo("room:unseen");
            vic.settle();
            JsonNode info = result("presence", "{\"channel\":\"room:info\"}").at("/presence/" + vic.id());
            assertThat(info).isEqualTo(JSON.readTree("""
                    {"user": "vic", "client": "%s",
                      "conn_info": {"name": "vic"}, "chan_info": {"role": "host"}}""".formatted(vic.id())));
            JsonNode b64 = result("presence", "{\"channel\":\"room:b64\"}").at("/presence/" + vic.id());
            assertThat(b64.get("chan_info")).isEqualTo(JSON.readTree("[7]"));
            assertThat(result("presence", "{\"channel\":\"room:unseen\"}").get("presence"))
                    .isEmpty();
        }
    }

    @Test
    void subscribeRefusesWhatItCanNotDo() throws Exception {
        assertError(107, "subscribe", "{\"channel\":\"a\"}");
        assertError(107, "subscribe", "{\"user\":\"ann\"}");
        assertError(102, "subscribe", "{\"user\":\"ann\",\"channel\":\"nowhere:a\"}");
        for (String field : List.of("b64info", "b64data")) {
            // It would end the connection of every JSON client that is told of it.
            assertError(107, "subscribe", "{\"user\":\"ann\",\"channel\":\"a\",\"%s\":\"//79\"}".formatted(field));
            result("subscribe", "{\"user\":\"ann\",\"channel\":\"raw:a\",\"%s\":\"//79\"}".formatted(field));
        }
        for (long time : new long[] {-1, Long.MAX_VALUE}) {
            assertError(107, "subscribe", "{\"user\":\"ann\",\"channel\":\"a\",\"expire_at\":%d}".formatted(time));
        }
        assertThat(result("subscribe", "{\"user\":\"nobody\",\"channel\":\"a\"}"))
                .isEmpty();
    }

    @Test
    void unsubscribeEndsOneSubscriptionOrAll() throws Exception {
        try (Member will =
                member("will").subscribe("will-1").subscribe("will-2").subscribe("will-3")) {
            assertThat(result("unsubscribe", "{\"user\":\"will\",\"channel\":\"will-1\"}"))
                    .isEmpty();
            assertThat(will.push()).isEqualTo(new Push.Unsubscribe("will-1", 2000, "server unsubscribe"));
            result("publish", "{\"channel\":\"will-1\",\"data\":1}");
            result("publish", "{\"channel\":\"will-2\",\"data\":2}");
            assertThat(will.publication("will-2").data()).isEqualTo(Bytes.utf8("2"));
            result("unsubscribe", "{\"user\":\"will\",\"channel\":\"\",\"session\":\"none\"}");
            result("unsubscribe", "{\"user\":\"will\"}");
            assertThat(List.of(will.push(), will.push()))
                    .containsExactlyInAnyOrder(
                            new Push.Unsubscribe("will-2", 2000, "server unsubscribe"),
                            new Push.Unsubscribe("will-3", 2000, "server unsubscribe"));
        }
        assertError(107, "unsubscribe", "{\"channel\":\"a\"}");
        assertError(102, "unsubscribe", "{\"user\":\"will\",\"channel\":\"nowhere:a\"}");
    }

    @Test
    void disconnectEndsAllConnectionsOfTheUserAndNoOther() throws Exception {
        try (Member one = member("xav");
                Member two = member("xav", Encoding.PROTOBUF);
                Member other = member("yan")) {
            assertThat(result("disconnect", "{\"user\":\"xav\",\"session\":\"none\"}"))
                    .isEmpty();
            one.settle();
            assertThat(result("disconnect", "{\"user\":\"xav\"}")).isEmpty();
            for (Member each : List.of(one, two)) {
                assertThat(each.wire().awaitClose()).isEqualTo(new WireClient.Closed(3503, "force disconnect"));
            }
            other.settle();
        }
    }

    @Test
    void disconnectOfOneClientSparesTheOthersAndSoDoesAWhitelist() throws Exception {
        try (Member one = member("zoe");
                Member two = member("zoe");
                Member three = member("zoe")) {
            result("disconnect", "{\"user\":\"zoe\",\"client\":\"%s\"}".formatted(one.id()));
            assertThat(one.wire().awaitClose().code()).isEqualTo(3503);
            two.settle();
            result("disconnect", "{\"user\":\"zoe\",\"whitelist\":[\"%s\"]}".formatted(two.id()));
            assertThat(three.wire().awaitClose().code()).isEqualTo(3503);
            two.settle();
        }
    }

    @Test
    void disconnectTakesACodeAndAReason() throws Exception {
        String disconnect = "{\"user\":\"abe\",\"disconnect\":{\"code\":%d,\"reason\":\"%s\"}}";
        for (int code : new int[] {3001, 4000, 4999}) {
            try (Member abe = member("abe")) {
                result("disconnect", disconnect.formatted(code, "go away"));
                assertThat(abe.wire().awaitClose()).isEqualTo(new WireClient.Closed(code, "go away"));
            }
        }
        try (Member abe = member("abe")) {
            for (int code : new int[] {0, 1000, 2999, 5000, -1, Integer.MAX_VALUE}) {
                assertError(107, "disconnect", disconnect.formatted(code, ""));
            }
            assertError(107, "disconnect", "{\"user\":\"abe\",\"disconnect\":{\"reason\":\"a reason needs a code\"}}");
            // More does not fit into a close frame.
            assertError(107, "disconnect", disconnect.formatted(4000, "r".repeat(124)));
            assertError(107, "disconnect", "{}");
            abe.settle();
        }
    }

    @Test
    void refreshChangesWhenAConnectionExpires() throws Exception {
        try (Member bea = member("bea")) {
            assertThat(result("refresh", "{\"user\":\"bea\",\"expire_at\":99999999999}"))
                    .isEmpty();
            assertThat(bea.push()).isEqualTo(new Push.Refresh(true, LONGEST_TTL));
            result("refresh", "{\"user\":\"bea\"}");
            assertThat(bea.push()).isEqualTo(new Push.Refresh(false, 0));
            for (long time : new long[] {-1, Long.MAX_VALUE}) {
                assertError(107, "refresh", "{\"user\":\"bea\",\"expire_at\":%d}".formatted(time));
            }
            result("refresh", "{\"user\":\"bea\",\"session\":\"none\",\"expired\":true}");
            bea.settle();
            result("refresh", "{\"user\":\"bea\",\"client\":\"%s\",\"expired\":true}".formatted(bea.id()));
            assertThat(bea.wire().awaitClose()).isEqualTo(new WireClient.Closed(3005, "connection expired"));
        }
        assertError(107, "refresh", "{\"expired\":true}");
    }

    @Test
    void refreshChangesTheInfoThatOthersSee() throws Exception {
        try (Member cat = member("cat").subscribe("room:cat").subscribe("cat")) {
            result("refresh", "{\"user\":\"cat\",\"expire_at\":99999999999,\"info\":{\"name\":\"Cat\"}}");
            assertThat(cat.push()).isInstanceOf(Push.Refresh.class);
            cat.wire().ok(Request.Publish.of("cat", Bytes.utf8("1")));
            assertThat(cat.publication("cat").info().orElseThrow().connInfo())
                    .isEqualTo(Bytes.utf8("{\"name\":\"Cat\"}"));
            assertThat(result("presence", "{\"channel\":\"room:cat\"}")
                            .at("/presence/%s/conn_info/name".formatted(cat.id()))
                            .textValue())
                    .isEqualTo("Cat");
            result("refresh", "{\"user\":\"cat\"}");
            assertThat(cat.push()).isInstanceOf(Push.Refresh.class);
            cat.wire().ok(Request.Publish.of("cat", Bytes.utf8("2")));
            assertThat(cat.publication("cat").info().orElseThrow().connInfo())
                    .as("a refresh without info leaves it")
                    .isEqualTo(Bytes.utf8("{\"name\":\"Cat\"}"));
        }
    }

    // ---- what is there ----

    @Test
    void presenceListsClientsAndItsStatsCountThem() throws Exception {
        try (Member one = member("dan").subscribe("room:who");
                Member two = member("dan").subscribe("room:who");
                Member three = member("eve").subscribe("room:who")) {
            List<Member> members = List.of(one, two, three);
            for (Member each : members) {
                each.settle();
            }
            JsonNode presence = result("presence", "{\"channel\":\"room:who\"}").get("presence");
            assertThat(presence).hasSize(3);
            for (Member each : members) {
                assertThat(presence.at("/" + each.id() + "/client").textValue()).isEqualTo(each.id());
            }
            assertThat(presence.at("/" + three.id() + "/user").textValue()).isEqualTo("eve");
            assertThat(presence.at("/" + three.id() + "/conn_info/name").textValue())
                    .isEqualTo("eve");
            assertThat(presence.at("/" + three.id() + "/chan_info").isMissingNode())
                    .isTrue();
            assertThat(result("presence_stats", "{\"channel\":\"room:who\"}"))
                    .isEqualTo(JSON.readTree("{\"num_clients\":3,\"num_users\":2}"));
        }
        assertThat(result("presence", "{\"channel\":\"room:nobody\"}")).isEqualTo(JSON.readTree("{\"presence\":{}}"));
        assertThat(result("presence_stats", "{\"channel\":\"room:nobody\"}"))
                .isEqualTo(JSON.readTree("{\"num_clients\":0,\"num_users\":0}"));
    }

    @Test
    void historyGivesThePartThatIsAskedFor() throws Exception {
        String epoch = "";
        for (int i = 1; i <= 12; i++) {
            String tags = i == 12 ? ",\"tags\":{\"last\":\"yes\"}" : "";
            epoch = result("publish", "{\"channel\":\"log:past\",\"data\":{\"n\":%d}%s}".formatted(i, tags))
                    .get("epoch")
                    .textValue();
        }
        JsonNode position = result("history", "{\"channel\":\"log:past\"}");
        assertThat(position)
                .isEqualTo(JSON.readTree("{\"publications\":[],\"epoch\":\"%s\",\"offset\":12}".formatted(epoch)));
        // Ten are kept.
        assertThat(offsets("\"limit\":100")).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(offsets("\"limit\":-1")).hasSize(10);
        assertThat(offsets("\"limit\":2")).containsExactly(3L, 4L);
        String since = ",\"since\":{\"offset\":%d,\"epoch\":\"%s\"}";
        assertThat(offsets("\"limit\":100" + since.formatted(10, epoch))).containsExactly(11L, 12L);
        assertThat(offsets("\"limit\":1" + since.formatted(10, ""))).containsExactly(11L);
        assertThat(offsets("\"limit\":100" + since.formatted(12, epoch))).isEmpty();
        assertThat(offsets("\"limit\":2,\"reverse\":true")).containsExactly(12L, 11L);
        assertThat(offsets("\"limit\":2,\"reverse\":true" + since.formatted(12, epoch)))
                .containsExactly(11L, 10L);

        JsonNode last = result("history", "{\"channel\":\"log:past\",\"limit\":1,\"reverse\":true}")
                .at("/publications/0");
        assertThat(last).isEqualTo(JSON.readTree("{\"data\":{\"n\":12},\"offset\":12,\"tags\":{\"last\":\"yes\"}}"));

        assertError(112, "history", "{\"channel\":\"log:past\",\"limit\":1" + since.formatted(3, "another") + "}");
        assertError(
                107,
                "history",
                "{\"channel\":\"log:past\",\"limit\":1,\"reverse\":true" + since.formatted(0, epoch) + "}");
    }

    private List<Long> offsets(String which) throws Exception {
        List<Long> offsets = new ArrayList<>();
        result("history", "{\"channel\":\"log:past\"," + which + "}")
                .get("publications")
                .forEach(each -> offsets.add(each.get("offset").longValue()));
        return offsets;
    }

    @Test
    void historyRemoveDropsThePublicationsAndKeepsThePosition() throws Exception {
        result("publish", "{\"channel\":\"log:gone\",\"data\":1}");
        JsonNode before = result("publish", "{\"channel\":\"log:gone\",\"data\":2}");
        try (Member ann = member("ann").subscribe("log:gone")) {
            assertThat(result("history_remove", "{\"channel\":\"log:gone\"}")).isEmpty();
            JsonNode history = result("history", "{\"channel\":\"log:gone\",\"limit\":10}");
            assertThat(history.get("publications")).isEmpty();
            assertThat(history.get("offset").longValue()).isEqualTo(2);
            assertThat(history.get("epoch")).isEqualTo(before.get("epoch"));
            assertThat(offset("{\"channel\":\"log:gone\",\"data\":3}")).isEqualTo(3);
            assertThat(ann.publication("log:gone").offset()).isEqualTo(3);
        }
        assertThat(result("history_remove", "{\"channel\":\"log:never\"}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"presence,log:a", "presence_stats,log:a", "history,room:a", "history_remove,room:a"})
    void whatTheNamespaceHasNotIsError108(String method, String channel) throws Exception {
        assertError(108, method, "{\"channel\":\"%s\"}".formatted(channel));
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "presence", "presence_stats", "history", "history_remove"})
    void anUnknownNamespaceIsError102AndNoChannelIs107(String method) throws Exception {
        assertError(102, method, "{\"channel\":\"nowhere:a\",\"data\":1}");
        for (String none : List.of("\"\"", "null", "\"" + "x".repeat(256) + "\"", "\"caf\u00e9\"")) {
            assertError(107, method, "{\"channel\":%s,\"data\":1}".formatted(none));
        }
        assertError(107, method, "{\"data\":1}");
        assertError(107, method, "");
    }

    @Test
    void channelsListsThoseWithSubscribersThatMatchAPattern() throws Exception {
        try (Member one = member("fay").subscribe("glob-a").subscribe("glob-b").subscribe("glob/x/y/");
                Member two = member("fay").subscribe("glob-a").subscribe("room:glob")) {
            assertThat(channels("glob-a")).isEqualTo(JSON.readTree("{\"glob-a\":{\"num_clients\":2}}"));
            assertThat(channels("glob-?"))
                    .isEqualTo(JSON.readTree("{\"glob-a\":{\"num_clients\":2},\"glob-b\":{\"num_clients\":1}}"));
            assertThat(names("glob*")).containsExactlyInAnyOrder("glob-a", "glob-b", "glob/x/y/");
            assertThat(names("*glob")).containsExactlyInAnyOrder("room:glob");
            assertThat(names("g*b*/**/")).containsExactlyInAnyOrder("glob/x/y/");
            assertThat(names("glob-[!b-z]")).containsExactlyInAnyOrder("glob-a");
            assertThat(names("{glob-[b],room:{glob,x}}")).containsExactlyInAnyOrder("glob-b", "room:glob");
            assertThat(names("glob-\\a")).containsExactlyInAnyOrder("glob-a");
            assertThat(names("glob")).isEmpty();
            assertThat(names("")).contains("glob-a", "glob-b", "glob/x/y/", "room:glob");
            assertThat(one.id()).isNotEqualTo(two.id());
        }
        for (String bad : List.of("[", "[]", "[z-a]", "{a", "a}", "\\\\")) {
            assertError(107, "channels", "{\"pattern\":\"%s\"}".formatted(bad));
        }
    }

    @Test
    void channelsAnswersWhateverClientsCallTheirChannels() throws Exception {
        try (Member gus =
                member("gus").subscribe("zero-\u0000").subscribe("zero//").subscribe("zero" + "a".repeat(240))) {
            gus.settle();
            assertThat(names("zero*")).containsExactlyInAnyOrder("zero-\u0000", "zero//", "zero" + "a".repeat(240));
            // Tried one way after the other, this would take longer than the universe has.
            assertThat(names("zero" + "*a".repeat(100) + "b")).isEmpty();
        }
    }

    private JsonNode channels(String pattern) throws Exception {
        return result("channels", JSON.writeValueAsString(Map.of("pattern", pattern)))
                .get("channels");
    }

    private List<String> names(String pattern) throws Exception {
        List<String> names = new ArrayList<>();
        channels(pattern).fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void infoDescribesTheNode() throws Exception {
        try (Member hal = member("hal").subscribe("info-1").subscribe("info-2")) {
            hal.settle();
            JsonNode nodes = result("info", "{}").get("nodes");
            assertThat(nodes).hasSize(1);
            JsonNode node = nodes.get(0);
            assertThat(node.get("uid").textValue()).isNotEmpty();
            assertThat(node.get("name").textValue()).isEqualTo("the-node");
            assertThat(node.get("version").textValue()).isNotEmpty();
            assertThat(node.get("num_clients").intValue()).isPositive();
            assertThat(node.get("num_users").intValue()).isPositive();
            assertThat(node.get("num_channels").intValue()).isGreaterThanOrEqualTo(2);
            assertThat(node.get("num_subs").intValue()).isGreaterThanOrEqualTo(2);
            assertThat(node.get("uptime").isIntegralNumber()).isTrue();
            assertThat(node.at("/process/cpu").isNumber()).isTrue();
            assertThat(node.at("/process/rss").longValue()).isPositive();
            assertThat(result("info", "").at("/nodes/0/uid")).isEqualTo(node.get("uid"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batchAnswersInOrderAndGoesOnAfterAnError(boolean parallel) throws Exception {
        String channel = "log:batch-" + parallel;
        JsonNode replies = result("batch", """
                {"parallel": %b, "commands": [
                  {"publish": {"channel": "%s", "data": 1}},
                  {"publish": {"channel": "nowhere:a", "data": 2}},
                  {"no_such_method": {}},
                  {"publish": {"channel": {}}},
                  {"batch": {"commands": []}},
                  {"presence": {"channel": "room:a"}, "info": {}},
                  {},
                  null,
                  {"publish": null},
                  {"presence_stats": {"channel": "room:batch"}},
                  {"broadcast": {"channels": ["plain", ""], "data": 3}}
                ]}""".formatted(parallel, channel)).get("replies");
        assertThat(replies).hasSize(11);
        assertThat(replies.at("/0/publish/offset").longValue()).isEqualTo(1);
        assertThat(replies.at("/1/error/code").intValue()).isEqualTo(102);
        assertThat(replies.at("/2/error/code").intValue()).isEqualTo(104);
        for (int i = 3; i <= 8; i++) {
            assertThat(replies.at("/" + i + "/error/code").intValue())
                    .as("%d", i)
                    .isEqualTo(107);
        }
        assertThat(replies.get(9)).isEqualTo(JSON.readTree("{\"presence_stats\":{\"num_clients\":0,\"num_users\":0}}"));
        assertThat(replies.at("/10/broadcast/responses/1/error/code").intValue())
                .isEqualTo(107);
        assertThat(result("batch", "{}").get("replies")).isEmpty();
    }
}
