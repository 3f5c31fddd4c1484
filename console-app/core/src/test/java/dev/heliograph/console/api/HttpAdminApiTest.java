package dev.heliograph.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.api.StubNode.Answer;
import dev.heliograph.console.wire.DisconnectWish;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.wire.IpRuleWish;
import dev.heliograph.console.wire.WhoAmI;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpAdminApiTest {

    private static final String NODES = "{\"nodes\":[]}";

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private StubNode node(StubNode.Behaviour behaviour) {
        StubNode node = new StubNode(behaviour);
        open.add(node);
        return node;
    }

    private AdminApi api(URI... addresses) {
        Nodes nodes = new Nodes(List.of(addresses), new Trust.Known(), "secret", new Heard());
        open.add(nodes);
        return new HttpAdminApi(nodes);
    }

    private static AdminException failure(Runnable call) {
        return catchThrowableOfType(AdminException.class, call::run);
    }

    private static URI deadAddress() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void anAnswerBecomesItsRecordAndTheTokenIsShown() {
        StubNode node = node(_ -> StubNode.whoAmI("ann", "operator"));
        assertThat(api(node.address()).whoAmI()).isEqualTo(new WhoAmI("ann", "operator", "127.0.0.1"));
        assertThat(node.requests()).containsExactly(new StubNode.Request("GET", "/v1/whoami", "Bearer secret", ""));
    }

    @Test
    void aWordOfANewerRelayIsUnknownAndTheRestIsRead() {
        StubNode node = node(_ -> new Answer(200, """
                {"rules":[
                {"cidr":"10.0.0.0/8","kind":"quarantine","reason":"new","author":"ann","created":1,"hits":3},
                {"cidr":"192.0.2.7","kind":"ban","reason":"","author":"ann","created":2,"hits":0}],"more":false}"""));
        assertThat(api(node.address()).ipRules("", Optional.empty(), 10).rules())
                .extracting(IpRuleRow::cidr, IpRuleRow::kind)
                .containsExactly(tuple("10.0.0.0/8", IpRuleKind.UNKNOWN), tuple("192.0.2.7", IpRuleKind.BAN));
    }

    @Test
    void parametersAreEncodedAndEmptyOnesLeftOut() {
        StubNode node = node(_ -> Answer.ok("{\"connections\":[],\"matched\":0,\"missing\":[]}"));
        AdminApi api = api(node.address());
        api.connections("ip in 10.0.0.0/8 and queue > 64KiB", 50, Optional.of("a+b/c="));
        api.connections("", 50, Optional.empty());
        assertThat(node.requests())
                .extracting(StubNode.Request::target)
                .containsExactly(
                        "/v1/connections?q=ip+in+10.0.0.0%2F8+and+queue+%3E+64KiB&limit=50&cursor=a%2Bb%2Fc%3D",
                        "/v1/connections?limit=50");
    }

    @Test
    void segmentsOfPathsAreEncoded() {
        StubNode node = node(_ -> Answer.error(404, "not_found", "there is none"));
        assertThat(failure(() -> api(node.address()).connection("a/b c")).kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(node.requests().getFirst().target()).isEqualTo("/v1/connections/a%2Fb%20c");
    }

    @Test
    void aChangeSaysWhyAndADryRunSaysThatItIsOne() {
        StubNode node = node(_ -> Answer.ok("{\"dry_run\":true}"));
        AdminApi api = api(node.address());
        DisconnectWish wish =
                new DisconnectWish(null, List.of("x"), null, null, null, null, null, "bye", 2.5, null, null, null);
        api.disconnect(wish, Change.DRY_RUN);
        api.disconnect(wish, Change.because("ticket 7"));
        assertThat(node.requests())
                .extracting(StubNode.Request::target)
                .containsExactly("/v1/disconnects?dry_run=true", "/v1/disconnects?reason=ticket+7");
        assertThat(node.requests().getFirst().body())
                .isEqualTo("{\"ids\":[\"x\"],\"close_reason\":\"bye\",\"per_second\":2.5}");
    }

    @Test
    void forceGoesToRulesOfAddressesOnly() {
        StubNode node = node(_ -> Answer.error(409, "conflict", "it would shut you out"));
        AdminApi api = api(node.address());
        Change forced = Change.because("x").forced();
        IpRuleWish wish = new IpRuleWish("10.0.0.0/8", IpRuleKind.BAN, null);
        assertThat(failure(() -> api.putIpRule(wish, forced))).hasMessage("it would shut you out");
        assertThat(failure(() -> api.publish("c", JsonNodeFactory.instance.nullNode(), forced))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(node.requests())
                .extracting(StubNode.Request::target)
                .containsExactly("/v1/ip-rules?reason=x&force=true", "/v1/channel/publish?reason=x");
    }

    @Test
    void timesOfTheAuditAreMilliseconds() {
        StubNode node = node(_ -> Answer.ok("{\"entries\":[],\"more\":false}"));
        Optional<String> none = Optional.empty();
        api(node.address())
                .audit(new AdminApi.AuditQuestion(
                        Optional.of(Instant.ofEpochMilli(5)),
                        Optional.empty(),
                        none,
                        Optional.of("ip_rule.put"),
                        none,
                        none,
                        10));
        assertThat(node.requests().getFirst().target()).isEqualTo("/v1/audit?since=5&action=ip_rule.put&limit=10");
    }

    @Test
    void fieldsOfNewerRelaysArePassedOver() {
        StubNode node =
                node(_ -> Answer.ok("{\"name\":\"ann\",\"role\":\"admin\",\"from\":\"::1\",\"mood\":{\"a\":[1]}}"));
        assertThat(api(node.address()).whoAmI().name()).isEqualTo("ann");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid, INVALID",
        "401, unauthenticated, UNAUTHENTICATED",
        "403, forbidden, FORBIDDEN",
        "404, not_found, NOT_FOUND",
        "409, conflict, CONFLICT",
        "429, too_many_requests, TOO_MANY_REQUESTS",
        "503, unavailable, UNAVAILABLE",
        "500, internal, UNAVAILABLE",
        "403, a_word_of_tomorrow, FORBIDDEN",
        "418, a_word_of_tomorrow, INVALID"
    })
    void aRefusalKeepsTheSentenceOfTheApi(int status, String code, Kind kind) {
        StubNode node = node(_ -> Answer.error(status, code, "because it is so"));
        AdminException failure = failure(() -> api(node.address()).nodes());
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.sentence()).isEqualTo("because it is so");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>welcome</html>",
                "",
                "null",
                "[]",
                "{}",
                "{\"nodes\":null}",
                "{\"nodes\":[{\"id\":7}]}",
                "\u0000\u0001",
                "{\"nodes\":[",
                "\"nodes\""
            })
    void whatIsNoAnswerOfTheApiIsGarbage(String body) {
        StubNode node = node(_ -> Answer.ok(body));
        AdminException failure = failure(() -> api(node.address()).nodes());
        assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failure.sentence()).contains(node.address().toString()).contains("not the admin API");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 400, 401, 403, 404, 500})
    void aStatusOfAnotherServerIsGarbage(int status) {
        StubNode node = node(_ -> new Answer(status, status == 204 ? "" : "<html>no</html>"));
        AdminException failure = failure(() -> api(node.address()).nodes());
        assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failure.sentence()).contains("HTTP status " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aProxyWithoutNodesIsUnreachable(int status) {
        StubNode node = node(_ -> new Answer(status, "<html>no server is available</html>"));
        assertThat(failure(() -> api(node.address()).nodes()).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void whereNobodyListensIsUnreachableAndSaysWhere() throws Exception {
        URI dead = deadAddress();
        AdminException failure = failure(() -> api(dead).nodes());
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.sentence()).startsWith(dead + " cannot be reached: the connection is refused");
    }

    @Test
    void anUnknownHostIsSaid() {
        AdminException failure = failure(
                () -> api(URI.create("http://no-such-host.invalid:8010")).nodes());
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.sentence()).contains("its name is not known");
    }

    @Test
    void aTokenThatCannotBeOneIsNotSentAndNotQuoted() {
        StubNode node = node(_ -> Answer.ok(NODES));
        Nodes nodes = new Nodes(List.of(node.address()), new Trust.Known(), "a\nb", new Heard());
        open.add(nodes);
        AdminException failure = failure(() -> new HttpAdminApi(nodes).nodes());
        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(failure.sentence()).doesNotContain("a\nb");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void aQuestionGoesToTheNextNode() throws Exception {
        StubNode node = node(_ -> Answer.ok(NODES));
        assertThat(api(deadAddress(), node.address()).nodes().nodes()).isEmpty();
    }

    @Test
    void aQuestionGoesOnFromOneThatSpeaksSomethingElse() {
        StubNode other = node(_ -> Answer.ok("<html></html>"));
        StubNode node = node(_ -> Answer.ok(NODES));
        assertThat(api(other.address(), node.address()).nodes().nodes()).isEmpty();
    }

    @Test
    void aChangeGoesToTheNextNodeIfNothingWasSent() throws Exception {
        StubNode node = node(_ -> Answer.ok("{\"drains\":[],\"dry_run\":false}"));
        api(deadAddress(), node.address())
                .rebalance(new dev.heliograph.console.wire.RebalanceWish(10, null), Change.because(""));
        assertThat(node.requests()).hasSize(1);
    }

    @Test
    void aChangeThatWasSentIsNotMadeTwice() {
        StubNode first = node(_ -> {
            throw new IllegalStateException("dies over it");
        });
        StubNode second = node(_ -> Answer.ok("{\"drains\":[],\"dry_run\":false}"));
        AdminApi api = api(first.address(), second.address());
        AdminException failure = failure(() -> api.pauseDrain("relay-1", Change.because("")));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.maybeDone()).isTrue();
        assertThat(failure.sentence()).contains("The change may have been made");
        assertThat(first.requests()).hasSize(1);
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void aDryRunIsMadeAgainElsewhere() {
        StubNode first = node(_ -> {
            throw new IllegalStateException("dies over it");
        });
        StubNode second = node(_ -> Answer.ok("{\"rules\":3,\"dry_run\":true}"));
        assertThat(api(first.address(), second.address())
                        .importIpRules(new dev.heliograph.console.wire.ImportWish("x", null, null), Change.DRY_RUN)
                        .rules())
                .isEqualTo(3);
    }

    @Test
    void garbageForAChangeSaysThatItMayHaveBeenMade() {
        StubNode node = node(_ -> Answer.ok("<html></html>"));
        AdminException failure = failure(() -> api(node.address()).pauseDrain("relay-1", Change.because("")));
        assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failure.maybeDone()).isTrue();
    }

    @Test
    void aRefusalIsNotTakenElsewhere() {
        StubNode first = node(_ -> Answer.error(404, "not_found", "no such connection"));
        StubNode second = node(_ -> Answer.ok(NODES));
        assertThat(failure(() -> api(first.address(), second.address()).nodes()).kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void whenNoNodeIsThereItSaysHowMany() throws Exception {
        AdminApi api = api(deadAddress(), deadAddress());
        assertThat(failure(api::nodes).sentence()).startsWith("None of the 2 nodes can be reached.");
    }

    @Test
    void aRefusedTokenIsNotShownAgainUntilThereIsAnother() {
        StubNode node = node(_ -> Answer.error(401, "unauthenticated", "the token is not known"));
        Heard heard = new Heard();
        Nodes nodes = new Nodes(List.of(node.address()), new Trust.Known(), "old", heard);
        open.add(nodes);
        AdminApi api = new HttpAdminApi(nodes);
        assertThat(failure(api::nodes).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(failure(api::nodes)).hasMessage("the token is not known");
        assertThat(node.requests()).hasSize(1);
        assertThat(heard.refusals).hasSize(1);

        node.become(request -> request.header().equals("Bearer new") ? Answer.ok(NODES) : Answer.error(401, "", ""));
        nodes.signIn("new");
        assertThat(api.nodes().nodes()).isEmpty();
    }

    @Test
    void aNodeThatHangsIsLeftWhenAnotherIsFound() throws Exception {
        StubNode first = node(_ -> Answer.ok(NODES));
        first.become(_ -> {
            first.hang();
            return Answer.ok(NODES);
        });
        StubNode second = node(request ->
                request.target().equals("/v1/whoami") ? StubNode.whoAmI("ann", "viewer") : Answer.ok("{\"nodes\":[]}"));
        Nodes nodes = new Nodes(List.of(first.address(), second.address()), new Trust.Known(), "t", new Heard());
        open.add(nodes);
        Thread asking = Thread.ofVirtual().start(() -> new HttpAdminApi(nodes).nodes());
        org.awaitility.Awaitility.await().until(() -> !first.requests().isEmpty());
        assertThat(nodes.find(Duration.ofMillis(200)).address()).isEqualTo(second.address());
        // The question that hung is given up and put to the other node.
        asking.join();
        assertThat(second.requests()).extracting(StubNode.Request::target).contains("/v1/nodes");
    }

    private static final class Heard implements Nodes.Observer {

        private final List<AdminException> refusals = new ArrayList<>();

        @Override
        public void answered() {}

        @Override
        public void troubled() {}

        @Override
        public void refused(AdminException cause) {
            refusals.add(cause);
        }
    }
}
