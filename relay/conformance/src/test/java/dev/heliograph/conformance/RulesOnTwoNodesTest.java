package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.bench.AdminClient;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.admin.TokenHash;
import dev.heliograph.server.auth.TokenDraft;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.RedisServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every kind of rule on two nodes with one Redis: put down over the admin API of one, it is in force on both when the
/// answer is there; it outlives a restart of all nodes, and is gone when its time is over.
class RulesOnTwoNodesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SECRET = "a-secret-of-the-test-that-nobody-else-has";
    private static final TokenIssuer ISSUER = TokenIssuer.hs256(SECRET, Clock.systemUTC());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TOKEN = TokenHash.newToken();

    /// Addresses of clients, as a proxy tells them.
    private static final String DENIED = "203.0.113.7";

    private static final String BANNED = "198.51.100.7";
    private static final String FLOODING = "192.0.2.7";

    private final RedisServer redis = RedisServer.start();
    private Relay one;
    private Relay two;

    /// Finds out whether a node refuses what a rule is about.
    @FunctionalInterface
    private interface Probe {
        boolean refused(Relay relay) throws IOException;
    }

    /// @param path  of the admin API
    /// @param wish  the rule, without its expiry
    private record Rule(String path, String wish, Probe probe) {
        @Override
        public String toString() {
            return path + " " + wish;
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "/v1/ip-rules",
                    "{\"cidr\":\"" + DENIED + "\",\"kind\":\"deny\"}",
                    relay -> handshake(relay, DENIED) == 403),
            new Rule(
                    "/v1/ip-rules",
                    "{\"cidr\":\"198.51.100.0/24\",\"kind\":\"ban\"}",
                    relay -> handshake(relay, BANNED) == 403),
            new Rule(
                    "/v1/user-bans",
                    "{\"user\":\"banned\"}",
                    relay -> isDisconnected(relay, ISSUER.connection("banned"), DisconnectCode.PERMISSION_DENIED)),
            new Rule(
                    "/v1/revocations",
                    "{\"jti\":\"stolen\"}",
                    relay -> isDisconnected(
                            relay, ISSUER.connection("victim").id("stolen"), DisconnectCode.INVALID_TOKEN)),
            new Rule(
                    "/v1/revocations",
                    "{\"user\":\"left\",\"issued_before\":%d}"
                            .formatted(Clock.systemUTC().millis() / 1_000 + 600),
                    relay -> isDisconnected(
                            relay,
                            ISSUER.connection("left").expiresIn(Duration.ofHours(1)),
                            DisconnectCode.INVALID_TOKEN)),
            limit(
                    "handshakes",
                    "\"operation\":\"handshake\",\"scope\":\"ip\",\"cidr\":\"192.0.2.0/24\"",
                    RulesOnTwoNodesTest::flooding),
            new Rule(
                    "/v1/limits/connections",
                    "{\"operation\":\"connections\",\"scope\":\"user\",\"user\":\"crowd\",\"max\":1}",
                    RulesOnTwoNodesTest::crowded),
            limit(
                    "connects",
                    "\"operation\":\"connect\",\"scope\":\"user\",\"user\":\"restless\"",
                    relay -> second(relay, "restless", null)),
            limit(
                    "publishes",
                    "\"operation\":\"publish\",\"scope\":\"user\",\"user\":\"loud\"",
                    relay -> second(relay, "loud", Request.Publish.of("a", Bytes.of("{}".getBytes(UTF_8))))),
            limit(
                    "subscribes",
                    "\"operation\":\"subscribe\",\"scope\":\"user\",\"user\":\"curious\"",
                    relay -> second(relay, "curious", Request.Subscribe.to("a"))),
            limit(
                    "rpcs",
                    "\"operation\":\"rpc\",\"scope\":\"user\",\"user\":\"asking\"",
                    relay -> second(relay, "asking", new Request.Rpc("a", Bytes.EMPTY))),
            limit(
                    "bytes",
                    "\"operation\":\"bytes_in\",\"scope\":\"user\",\"user\":\"heavy\"",
                    RulesOnTwoNodesTest::heavy));

    /// A bucket with one token that no test waits for to fill again.
    private static Rule limit(String name, String what, Probe probe) {
        return new Rule("/v1/limits/" + name, "{" + what + ",\"rate\":0.001,\"burst\":1}", probe);
    }

    @BeforeEach
    void start() {
        one = relay("one");
        two = relay("two");
        awaitBoth();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        redis.close();
    }

    private Relay relay(String name) {
        return Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0, trusted_proxies: ["127.0.0.1"]}
                node: {name: %s}
                client: {token: {hmac_secret_key: %s}}
                broker: {type: redis, redis: {address: ["%s"]}}
                channel: {without_namespace: {allow_subscribe_for_client: true, allow_publish_for_client: true}}
                admin: {enabled: true, port: 0, tokens: ["tester:operator:sha256:%s"]}
                shutdown: {timeout: 0s}
                """.formatted(name, SECRET, redis.address(), TokenHash.of(TOKEN))));
    }

    private void awaitBoth() {
        for (Relay relay : List.of(one, two)) {
            await().atMost(LONG)
                    .until(() -> admin(relay).get("/v1/nodes").path("nodes").size() == 2);
        }
    }

    private static AdminClient admin(Relay relay) {
        return new AdminClient(relay.adminPort().orElseThrow(), TOKEN);
    }

    @Test
    void areInForceOnBothOutliveARestartAndEnd() throws Exception {
        for (Rule rule : RULES) {
            assertThat(refusing(rule)).as("before %s", rule).isEmpty();
        }
        for (Rule rule : RULES) {
            admin(one).put(rule.path(), rule.wish());
            // No waiting: the answer says that it is in force everywhere.
            assertThat(refusing(rule)).as(rule.toString()).containsExactly("one", "two");
        }
        one.close();
        two.close();
        start();
        for (Rule rule : RULES) {
            assertThat(refusing(rule)).as("after a restart: %s", rule).containsExactly("one", "two");
        }
        long soon = Clock.systemUTC().millis() + 3_000;
        for (Rule rule : RULES) {
            admin(two).put(rule.path(), rule.wish().replaceFirst("}$", ",\"expires_at\":" + soon + "}"));
        }
        for (Rule rule : RULES) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(refusing(rule))
                            .as("when its time is over: %s", rule)
                            .isEmpty());
        }
        assertThat(admin(one).get("/v1/ip-rules").path("rules")).isEmpty();
        assertThat(admin(one).get("/v1/user-bans").path("bans")).isEmpty();
        assertThat(admin(one).get("/v1/revocations").path("revocations")).isEmpty();
        // A dozen put down, and put down again; the refused and the expired are no changes.
        assertThat(admin(one).get("/v1/audit?limit=1000").path("entries")).hasSize(2 * RULES.size());
    }

    private List<String> refusing(Rule rule) throws IOException {
        List<String> names = new ArrayList<>();
        for (Relay relay : List.of(one, two)) {
            if (rule.probe().refused(relay)) {
                names.add(relay.config().node().name());
            }
        }
        return names;
    }

    @Test
    void whoIsConnectedToTheOtherNodeIsDisconnected() throws Exception {
        try (WireClient banned = connected(two, ISSUER.connection("banned"));
                WireClient revoked = connected(two, ISSUER.connection("victim").id("stolen"));
                WireClient other = connected(two, ISSUER.connection("other"))) {
            admin(one).put("/v1/user-bans", "{\"user\":\"banned\"}");
            assertThat(banned.awaitClose().code()).isEqualTo(DisconnectCode.PERMISSION_DENIED.code());
            admin(one).put("/v1/revocations", "{\"jti\":\"stolen\"}");
            assertThat(revoked.awaitClose().code()).isEqualTo(DisconnectCode.INVALID_TOKEN.code());
            assertThat(other.call(Request.Subscribe.to("a"))).isInstanceOf(Reply.Ok.class);
        }
    }

    // ---- probes ----

    /// The status that a handshake from behind a proxy gets.
    private static int handshake(Relay relay, String address) {
        try {
            HTTP.newWebSocketBuilder()
                    .header("X-Forwarded-For", address)
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + relay.port() + "/connection/websocket"),
                            new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    private static WireClient connected(Relay relay, TokenDraft token) throws IOException {
        WireClient client = new WireClient(relay.port(), Encoding.JSON);
        client.ok(Request.Connect.withToken(token.sign()));
        return client;
    }

    private static boolean isDisconnected(Relay relay, TokenDraft token, DisconnectCode code) throws IOException {
        try (WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
            return client.call(Request.Connect.withToken(token.sign())) instanceof Reply.Failed;
        } catch (EOFException ended) {
            assertThat(ended).hasMessageContaining(String.valueOf(code.code()));
            return true;
        }
    }

    /// Whether one of two handshakes is one too many.
    private static boolean flooding(Relay relay) {
        int first = handshake(relay, FLOODING);
        return handshake(relay, FLOODING) == 429 || first == 429;
    }

    /// Whether the second of two connections of a user is refused.
    private static boolean crowded(Relay relay) throws IOException {
        try (WireClient _ = connected(relay, ISSUER.connection("crowd"))) {
            return isDisconnected(relay, ISSUER.connection("crowd"), DisconnectCode.CONNECTION_LIMIT);
        }
    }

    /// Whether one of two requests of a user is one too many.
    ///
    /// @param request null for connect itself
    private static boolean second(Relay relay, String user, @Nullable Request request) throws IOException {
        boolean refused = false;
        for (int i = 0; i < 2; i++) {
            try (WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
                Reply reply = client.call(
                        Request.Connect.withToken(ISSUER.connection(user).sign()));
                if (request != null && reply instanceof Reply.Ok) {
                    reply = client.call(request);
                }
                refused |= reply instanceof Reply.Failed failed
                        && failed.error().code() == ErrorCode.TOO_MANY_REQUESTS.code();
            }
        }
        return refused;
    }

    /// Whether a user is cut off for the bytes that it sends.
    private static boolean heavy(Relay relay) throws IOException {
        try (WireClient client = connected(relay, ISSUER.connection("heavy"))) {
            for (int i = 0; i < 3; i++) {
                client.call(new Request.Rpc("a", Bytes.of("[0]".getBytes(UTF_8))));
            }
            return false;
        } catch (EOFException ended) {
            assertThat(ended).hasMessageContaining(String.valueOf(DisconnectCode.TOO_MANY_REQUESTS.code()));
            return true;
        }
    }
}
