package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.ReplyError;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.auth.TokenDraft;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.guard.IpRule;
import dev.heliograph.server.guard.IpRule.Kind;
import dev.heliograph.server.guard.LimitRule;
import dev.heliograph.server.guard.LimitRule.Mode;
import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.guard.LimitRule.Scope;
import dev.heliograph.server.guard.Refusal;
import dev.heliograph.server.guard.Revocation;
import dev.heliograph.server.guard.UserBan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What clients see of limits, bans and revocations, as they are put down while the relay runs.
class GuardOnTheWireTest {

    private static final String SECRET = "guard-secret-guard-secret-guard-secret";
    private static final TokenIssuer ISSUER = TokenIssuer.hs256(SECRET, Clock.systemUTC());

    /// So slow that no test waits long enough for another token.
    private static final double NEVER = 0.001;

    private Relay relay = start("");

    @AfterEach
    void stop() {
        relay.close();
    }

    private static Relay start(String client) {
        return Relay.start(RelayConfig.parse("""
            http_server: {address: 127.0.0.1, port: 0}
            client: {token: {hmac_secret_key: %s}%s}
            channel:
              namespaces:
                - {name: chat, allow_subscribe_for_client: true, allow_publish_for_client: true}
                - {name: private}
            """.formatted(SECRET, client)));
    }

    private void restart(String client) {
        relay.close();
        relay = start(", " + client);
    }

    private void ipRule(String network, Kind kind) {
        relay.guard().ipRuleListener().put(new Document<>(network, new IpRule(kind, "", "", 0), 1, 0));
    }

    private void revoke(Revocation revocation) {
        relay.guard().revocationListener().put(new Document<>(revocation.id(), revocation, 1, 0));
    }

    private void limit(Operation operation, Scope scope, double rate, double burst, Mode mode) {
        LimitRule rule = new LimitRule(0, operation, scope, null, null, null, null, rate, burst, 0, mode, "", 0);
        relay.guard().limitRuleListener().put(new Document<>("limit", rule, 1, 0));
    }

    private void connectionLimit(Scope scope, long max) {
        LimitRule rule =
                new LimitRule(0, Operation.CONNECTIONS, scope, null, null, null, null, 0, 0, max, Mode.ENFORCE, "", 0);
        relay.guard().limitRuleListener().put(new Document<>("limit", rule, 1, 0));
    }

    private WireClient client() throws IOException {
        return new WireClient(relay.port(), Encoding.JSON);
    }

    private WireClient connected(String user) throws IOException {
        return connected(ISSUER.connection(user).expiresIn(Duration.ofHours(1)));
    }

    private WireClient connected(TokenDraft token) throws IOException {
        WireClient client = client();
        client.ok(connect(token));
        return client;
    }

    private static Request.Connect connect(TokenDraft token) {
        return new Request.Connect(token.sign(), Bytes.EMPTY, Map.of(), "", "", Map.of(), 0);
    }

    private static ReplyError error(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed) reply).error();
    }

    private static Request.Publish publication() {
        return Request.Publish.of("chat:a", Bytes.of("{}".getBytes(UTF_8)));
    }

    /// The head and the body of the answer to a handshake.
    private String handshake() throws IOException {
        try (RawSocket socket = new RawSocket(relay.port(), null)) {
            return socket.handshake(
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        }
    }

    // ---- before the handshake ----

    @Test
    void anAddressIsDeniedAndAllowedWhileTheRelayRuns() throws IOException {
        assertThat(handshake()).startsWith("HTTP/1.1 101");
        ipRule("127.0.0.0/8", Kind.DENY);
        assertThat(handshake()).startsWith("HTTP/1.1 403").doesNotContainIgnoringCase("retry-after");
        ipRule("127.0.0.1", Kind.ALLOW);
        assertThat(handshake()).startsWith("HTTP/1.1 101");
        relay.guard().ipRuleListener().removed("127.0.0.1");
        assertThat(handshake()).startsWith("HTTP/1.1 403");
        // More if a session began only behind the denial.
        assertThat(relay.guard().refusals(Refusal.Cause.ADDRESS_DENIED)).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"IP, 429", "NODE, 503"})
    void handshakesBeyondTheirRateAreToldWhenToComeAgain(Scope scope, int status) throws IOException {
        limit(Operation.HANDSHAKE, scope, NEVER, 2, Mode.ENFORCE);
        assertThat(handshake()).startsWith("HTTP/1.1 101");
        assertThat(handshake()).startsWith("HTTP/1.1 101");
        assertThat(handshake())
                .startsWith("HTTP/1.1 " + status)
                .containsPattern("(?i)\r\nretry-after: [1-9]\\d?\r\n")
                .containsPattern("(?i)\r\ncontent-type: application/json");
        assertThat(relay.clientCount()).isZero();
    }

    /// An answer costs as much as a handshake: who goes on gets none, and others do not notice.
    @Test
    void anAddressThatGoesOnThoughItIsRefusedIsCutOff() throws IOException {
        limit(Operation.HANDSHAKE, Scope.IP, NEVER, 1, Mode.ENFORCE);
        assertThat(handshakeFrom("127.66.0.1")).startsWith("HTTP/1.1 101");
        int answers = 0;
        // Twenty of a second are answered; a machine that is busy may need some seconds for so many.
        while (answers < 1_000 && handshakeFrom("127.66.0.1").startsWith("HTTP/1.1 429")) {
            answers++;
        }
        assertThat(answers).isBetween(20, 999);
        assertThat(handshakeFrom("127.66.0.2")).startsWith("HTTP/1.1 101");
        await().untilAsserted(() -> assertThat(handshakeFrom("127.66.0.1")).startsWith("HTTP/1.1 429"));
    }

    /// The head of the answer; empty if the connection was cut off.
    private String handshakeFrom(String address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", relay.port()));
            socket.getOutputStream()
                    .write(("GET /connection/websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                            .getBytes(UTF_8));
            byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
            return new String(head, UTF_8);
        } catch (SocketException _) {
            return "";
        }
    }

    @Test
    void aDryRunCountsAndAdmits() throws IOException {
        limit(Operation.HANDSHAKE, Scope.IP, NEVER, 1, Mode.DRY_RUN);
        for (int i = 0; i < 4; i++) {
            assertThat(handshake()).startsWith("HTTP/1.1 101");
        }
        assertThat(relay.guard().limitUses()).singleElement().satisfies(limit -> {
            assertThat(limit.use().counters().admitted()).isEqualTo(1);
            assertThat(limit.use().counters().wouldReject()).isEqualTo(3);
            assertThat(limit.use().counters().rejected()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({"IP, 429", "NODE, 503"})
    void connectionsBeyondTheirNumberAreRefusedUntilOneEnds(Scope scope, int status) throws IOException {
        // Their sessions are there, not only their handshakes.
        try (WireClient first = connected("ann");
                WireClient second = connected("bob")) {
            connectionLimit(scope, 2);
            assertThat(handshake()).startsWith("HTTP/1.1 " + status).containsPattern("(?i)\r\nretry-after: [1-9]");
            second.drop();
            awaitRoom();
            first.drop();
        }
    }

    private void awaitRoom() {
        await().untilAsserted(() -> assertThat(handshake()).startsWith("HTTP/1.1 101"));
    }

    @Test
    void theConfiguredLimitsAreHeldInTheSameWay() throws IOException {
        restart("connection_limit: 1");
        try (WireClient first = connected("ann")) {
            assertThat(handshake()).startsWith("HTTP/1.1 503").containsPattern("(?i)\r\nretry-after: [1-9]");
            first.drop();
        }
        awaitRoom();
    }

    // ---- connects ----

    @Test
    void aUserHasANumberOfConnections() throws IOException {
        restart("user_connection_limit: 1");
        try (WireClient first = connected("ann");
                WireClient second = client();
                WireClient other = connected("bob")) {
            second.send(new Command(1, connect(ISSUER.connection("ann").expiresIn(Duration.ofHours(1)))));
            assertThat(second.awaitClose().code()).isEqualTo(3504);
            assertThat(first.ok(publication())).isNotNull();
            assertThat(other.ok(publication())).isNotNull();
        }
    }

    @Test
    void connectsBeyondTheirRateMayBeTriedAgain() throws IOException {
        limit(Operation.CONNECT, Scope.USER, NEVER, 1, Mode.ENFORCE);
        try (WireClient first = connected("ann");
                WireClient second = client()) {
            ReplyError error =
                    error(second.call(connect(ISSUER.connection("ann").expiresIn(Duration.ofHours(1)))));
            assertThat(error.code()).isEqualTo(111);
            assertThat(error.temporary()).isTrue();
            assertThat(first.ok(publication())).isNotNull();
        }
    }

    // ---- operations ----

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"PUBLISH", "SUBSCRIBE", "RPC"})
    void operationsBeyondTheirRateFailWithError111(Operation operation) throws IOException {
        try (WireClient client = connected("ann")) {
            // RPC is not served: 108.
            int usual = operation == Operation.RPC ? 108 : 0;
            assertThat(answer(client, operation, 1)).isEqualTo(usual);
            limit(operation, Scope.USER, NEVER, 1, Mode.ENFORCE);
            assertThat(answer(client, operation, 2)).isEqualTo(usual);
            assertThat(answer(client, operation, 3)).isEqualTo(111);
            limit(operation, Scope.USER, NEVER, 1, Mode.DRY_RUN);
            assertThat(answer(client, operation, 4)).isEqualTo(usual);
            assertThat(answer(client, operation, 5)).isEqualTo(usual);
            relay.guard().limitRuleListener().removed("limit");
            assertThat(answer(client, operation, 6)).isEqualTo(usual);
        }
    }

    /// The error code of an operation; 0 for none.
    private static int answer(WireClient client, Operation operation, int number) throws IOException {
        return answer(client.call(
                switch (operation) {
                    case PUBLISH -> publication();
                    case SUBSCRIBE -> Request.Subscribe.to("chat:" + number);
                    default -> new Request.Rpc("method", Bytes.EMPTY);
                }));
    }

    private static int answer(Reply reply) {
        return reply instanceof Reply.Failed failed ? failed.error().code() : 0;
    }

    @Test
    void whoSendsTooManyBytesIsDisconnectedAndMayComeBack() throws IOException {
        try (WireClient client = connected("ann")) {
            limit(Operation.BYTES_IN, Scope.CONNECTION, 1, 1_000, Mode.ENFORCE);
            client.ok(publication());
            Bytes large = Bytes.of(("\"" + "x".repeat(2_000) + "\"").getBytes(UTF_8));
            client.ok(Request.Publish.of("chat:a", large));
            client.send(new Command(99, publication()));
            assertThat(client.awaitClose()).isEqualTo(new WireClient.Closed(3013, "too many requests"));
        }
        try (WireClient again = connected("ann")) {
            again.ok(publication());
        }
    }

    // ---- bans ----

    @Test
    void aBannedAddressLosesItsConnections() throws IOException {
        try (WireClient connected = connected("ann");
                WireClient waiting = client()) {
            ipRule("127.0.0.0/8", Kind.DENY);
            connected.ok(publication());
            ipRule("127.0.0.0/8", Kind.BAN);
            assertThat(connected.awaitClose()).isEqualTo(new WireClient.Closed(3507, "permission denied"));
            assertThat(waiting.awaitClose().code()).isEqualTo(3507);
        }
        assertThat(handshake()).startsWith("HTTP/1.1 403");
    }

    @Test
    void aBannedUserIsDisconnectedForGood() throws IOException {
        try (WireClient ann = connected("ann");
                WireClient bob = connected("bob")) {
            relay.guard().userBanListener().put(new Document<>("ann", new UserBan("", "", 0), 1, 0));
            assertThat(ann.awaitClose()).isEqualTo(new WireClient.Closed(3507, "permission denied"));
            bob.ok(publication());
        }
        try (WireClient again = client()) {
            again.send(new Command(1, connect(ISSUER.connection("ann").expiresIn(Duration.ofHours(1)))));
            assertThat(again.awaitClose().code()).isEqualTo(3507);
        }
        relay.guard().userBanListener().removed("ann");
        connected("ann").close();
    }

    // ---- tokens ----

    private static TokenDraft token(String id, long issuedAt) {
        return ISSUER.connection("ann")
                .expiresIn(Duration.ofHours(1))
                .issuedAt(issuedAt)
                .id(id);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aRevokedTokenEndsItsConnections(boolean byId) throws IOException {
        long now = Clock.systemUTC().millis() / 1_000;
        Revocation revocation =
                byId ? new Revocation("old", "", 0, "", "", 0) : new Revocation("", "ann", now - 50, "", "", 0);
        try (WireClient old = connected(token("old", now - 100));
                WireClient young = connected(token("young", now - 10));
                WireClient refreshing = connected(token("other", now - 20))) {
            revoke(revocation);
            assertThat(old.awaitClose()).isEqualTo(new WireClient.Closed(3500, "invalid token"));
            young.ok(publication());
            refreshing.send(
                    new Command(50, new Request.Refresh(token("old", now - 100).sign())));
            assertThat(refreshing.awaitClose().code()).isEqualTo(3500);
        }
        try (WireClient again = client()) {
            again.send(new Command(1, connect(token("old", now - 100))));
            assertThat(again.awaitClose().code()).isEqualTo(3500);
        }
    }

    @Test
    void aRevokedSubscriptionTokenEndsItsSubscription() throws IOException {
        String revoked = ISSUER.subscription("ann", "private:a")
                .expiresIn(Duration.ofHours(1))
                .id("sub")
                .sign();
        String good = ISSUER.subscription("ann", "private:b")
                .expiresIn(Duration.ofHours(1))
                .id("good")
                .sign();
        try (WireClient client = connected("ann")) {
            client.subscribe(Request.Subscribe.to("private:a").withToken(revoked));
            client.subscribe(Request.Subscribe.to("private:b").withToken(good));
            revoke(new Revocation("sub", "", 0, "", "", 0));
            List<Push> pushes = new ArrayList<>();
            client.push().ifPresent(pushes::add);
            assertThat(pushes).containsExactly(new Push.Unsubscribe("private:a", 2000, "server unsubscribe"));
            ReplyError error =
                    error(client.call(Request.Subscribe.to("private:a").withToken(revoked)));
            assertThat(error.code()).isEqualTo(ErrorCode.PERMISSION_DENIED.code());
            // The other one is still there.
            assertThat(answer(client.call(Request.Subscribe.to("private:b").withToken(good))))
                    .isEqualTo(ErrorCode.ALREADY_SUBSCRIBED.code());
            revoke(new Revocation("good", "", 0, "", "", 0));
            assertThat(client.push()).contains(new Push.Unsubscribe("private:b", 2000, "server unsubscribe"));
        }
    }
}
