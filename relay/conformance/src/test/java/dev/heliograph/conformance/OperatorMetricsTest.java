package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.admin.TokenHash;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the metrics show of bans, limits, drains, and of those who try to get in to the APIs.
class OperatorMetricsTest {

    private static final String SECRET = "a-secret-of-the-test-that-nobody-else-has";
    private static final String KEY = "api-key-of-the-test";
    private static final String OPERATOR = TokenHash.newToken();
    private static final String VIEWER = TokenHash.newToken();

    private static final String CONFIGURATION =
            """
            http_server: {address: 127.0.0.1, port: 0}
            metrics: {enabled: true, port: 0}
            control: {directory: ''}
            client: {token: {hmac_secret_key: %1$s}}
            http_api: {key: %2$s}
            admin:
              enabled: true
              port: 0
              jwt: {hmac_secret_key: %1$s}
              tokens: ['ann:operator:sha256:%3$s', 'vic:viewer:sha256:%4$s']
            channel:
              namespaces: [{name: chat, allow_publish_for_client: true}]
            """.formatted(SECRET, KEY, TokenHash.of(OPERATOR), TokenHash.of(VIEWER));

    private final HttpClient http = HttpClient.newHttpClient();
    private final TokenIssuer issuer = TokenIssuer.hs256(SECRET, Clock.systemUTC());
    private final Relay relay = Relay.start(RelayConfig.parse(CONFIGURATION));

    @AfterEach
    void stop() {
        relay.close();
    }

    private double value(String name, String labels) {
        return Scrape.of(relay.metricsPort().orElseThrow()).value(name, labels);
    }

    private void awaitValue(String name, String labels, double value) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(value(name, labels)).isEqualTo(value));
    }

    private int admin(String method, String path, String authorization, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + relay.adminPort().orElseThrow() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private void put(String path, String body) throws IOException, InterruptedException {
        assertThat(admin("PUT", path, "Bearer " + OPERATOR, body)).isEqualTo(200);
    }

    private void delete(String path) throws IOException, InterruptedException {
        assertThat(admin("DELETE", path, "Bearer " + OPERATOR, "")).isEqualTo(200);
    }

    private WireClient client() throws IOException {
        return new WireClient(relay.port(), Encoding.JSON);
    }

    private Request.Connect connect(String user, String jti) {
        return new Request.Connect(
                issuer.connection(user)
                        .claim("jti", jti)
                        .expiresIn(Duration.ofHours(1))
                        .sign(),
                Bytes.EMPTY,
                Map.of(),
                "",
                "",
                Map.of(),
                0);
    }

    private WireClient connected(String user) throws IOException {
        WireClient client = client();
        client.ok(connect(user, "jti-" + user));
        return client;
    }

    private String handshake() throws IOException {
        try (RawSocket socket = new RawSocket(relay.port(), null)) {
            return socket.handshake(
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        }
    }

    // ---- bans and rules for addresses ----

    @ParameterizedTest
    @CsvSource({"deny, address_denied", "ban, address_banned"})
    void anAddressThatIsKeptOutIsCountedByTheKindOfRule(String kind, String cause) throws Exception {
        put("/v1/ip-rules?force=true", "{\"cidr\":\"127.0.0.0/8\",\"kind\":\"%s\"}".formatted(kind));
        assertThat(handshake()).startsWith("HTTP/1.1 403");
        assertThat(handshake()).startsWith("HTTP/1.1 403");
        assertThat(value("heliograph_guard_refusals_total", "{cause=" + cause + "}"))
                .isEqualTo(2);
        assertThat(value("heliograph_handshakes_total", "{outcome=address}")).isEqualTo(2);
    }

    @Test
    void aUserWhoIsBannedAndATokenThatIsRevokedAreCounted() throws Exception {
        put("/v1/user-bans", "{\"user\":\"bob\"}");
        put("/v1/revocations", "{\"jti\":\"jti-old\"}");
        try (WireClient banned = client();
                WireClient revoked = client()) {
            banned.send(new Command(1, connect("bob", "jti-bob")));
            assertThat(banned.awaitClose().code()).isEqualTo(3507);
            revoked.send(new Command(1, connect("cat", "jti-old")));
            assertThat(revoked.awaitClose().code()).isEqualTo(3500);
        }
        assertThat(value("heliograph_guard_refusals_total", "{cause=user_banned}"))
                .isEqualTo(1);
        assertThat(value("heliograph_guard_refusals_total", "{cause=token_revoked}"))
                .isEqualTo(1);
    }

    @Test
    void aConnectionThatABanEndsIsCountedToo() throws Exception {
        try (WireClient client = connected("bob")) {
            put("/v1/user-bans", "{\"user\":\"bob\"}");
            assertThat(client.awaitClose().code()).isEqualTo(3507);
        }
        assertThat(value("heliograph_guard_refusals_total", "{cause=user_banned}"))
                .isEqualTo(1);
    }

    // ---- limits ----

    private static String limit(String mode) {
        return "{\"operation\":\"publish\",\"scope\":\"connection\",\"rate\":0.001,\"burst\":1,\"mode\":\"" + mode
                + "\"}";
    }

    private static boolean publishes(WireClient client) throws IOException {
        return client.call(Request.Publish.of("chat:a", Bytes.utf8("{}"))) instanceof Reply.Ok;
    }

    private double hits(String rule, String outcome) {
        return value("heliograph_rule_hits_total", "{outcome=" + outcome + ", rule=" + rule + "}");
    }

    @Test
    void aRuleCountsByItsNameWhatItRefusesAndWhatItWouldRefuse() throws Exception {
        put("/v1/limits/slow", limit("dry_run"));
        assertThat(hits("slow", "would_reject")).isZero();
        try (WireClient client = connected("ann")) {
            assertThat(publishes(client)).isTrue();
            assertThat(publishes(client)).isTrue();
            assertThat(hits("slow", "would_reject")).isEqualTo(1);
            put("/v1/limits/slow", limit("enforce"));
            assertThat(publishes(client)).isTrue();
            assertThat(publishes(client)).isFalse();
            assertThat(publishes(client)).isFalse();
            assertThat(hits("slow", "rejected")).isEqualTo(2);
            // A counter of Prometheus does not begin anew because a rule does.
            delete("/v1/limits/slow");
            put("/v1/limits/slow", limit("enforce"));
            assertThat(publishes(client)).isTrue();
            assertThat(publishes(client)).isFalse();
        }
        assertThat(hits("slow", "rejected")).isEqualTo(3);
        assertThat(hits("slow", "would_reject")).isEqualTo(1);
        assertThat(hits("other", "rejected")).isZero();
    }

    @Test
    void moreRulesThanCanBeToldApartCountTogether() throws Exception {
        for (int i = 0; i < 120; i++) {
            put("/v1/limits/rule-" + i, limit("dry_run"));
            delete("/v1/limits/rule-" + i);
        }
        TreeSet<String> before = Scrape.of(relay.metricsPort().orElseThrow()).own();
        assertThat(before.stream().filter(each -> each.contains("rule=rule-"))).hasSize(100);
        for (int i = 120; i < 130; i++) {
            put("/v1/limits/rule-" + i, limit("enforce"));
            delete("/v1/limits/rule-" + i);
            put("/v1/limits/rule-" + i, limit("dry_run"));
        }
        try (WireClient client = connected("ann")) {
            assertThat(publishes(client)).isTrue();
            assertThat(publishes(client)).isTrue();
        }
        assertThat(hits("other", "would_reject")).isEqualTo(10);
        assertThat(Scrape.of(relay.metricsPort().orElseThrow()).own().stream()
                        .filter(each -> each.contains("outcome=would_reject")))
                .hasSize(101);
    }

    // ---- drain ----

    private void assertState(String expected) {
        for (String state : new String[] {"idle", "running", "paused", "done", "cancelled"}) {
            assertThat(value("heliograph_drain_state", "{state=" + state + "}"))
                    .as(state)
                    .isEqualTo(state.equals(expected) ? 1 : 0);
        }
    }

    private void drain(String path, String body) throws IOException, InterruptedException {
        String node = relay.drains().local().node();
        assertThat(admin("POST", "/v1/drains/" + node + path, "Bearer " + OPERATOR, body))
                .isEqualTo(200);
    }

    @Test
    void aDrainShowsHowFarItIs() throws Exception {
        assertState("idle");
        try (WireClient _ = connected("ann");
                WireClient _ = connected("bob");
                WireClient _ = connected("cat")) {
            drain("", "{\"percent\":100,\"per_second\":0.01,\"force\":true}");
            awaitValue("heliograph_drain_moved_clients", "{}", 1);
            assertThat(value("heliograph_drain_left_clients", "{}")).isEqualTo(2);
            assertThat(value("heliograph_drain_set_point_clients_per_second", "{}"))
                    .isEqualTo(0.01);
            assertThat(value("heliograph_drain_pace_clients_per_second", "{}"))
                    .isPositive()
                    .isLessThanOrEqualTo(0.01);
            assertThat(value("heliograph_drain_measured_clients_per_second", "{}"))
                    .isNotNegative();
            assertState("running");
            drain("/pause", "");
            assertState("paused");
            assertThat(value("heliograph_drain_pace_clients_per_second", "{}")).isZero();
            assertThat(value("heliograph_draining", "{}")).isEqualTo(1);
            drain("/cancel", "");
            assertState("cancelled");
            assertThat(value("heliograph_drain_left_clients", "{}")).isZero();
            assertThat(value("heliograph_draining", "{}")).isZero();
        }
    }

    // ---- who tries to get in ----

    /// @param key empty for none
    private int api(String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + relay.port() + "/api/info"))
                .POST(BodyPublishers.ofString("{}"));
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        return http.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    @Test
    void requestsOfTheHttpApiThatAreNotLetInAreCountedByCause() throws Exception {
        for (String key : new String[] {"", "wrong", "wronger", KEY}) {
            assertThat(api(key)).isEqualTo(key.equals(KEY) ? 200 : 401);
        }
        assertThat(value("heliograph_api_auth_failures_total", "{cause=missing}"))
                .isEqualTo(1);
        assertThat(value("heliograph_api_auth_failures_total", "{cause=wrong}")).isEqualTo(2);
    }

    @Test
    void whoComesWithAPreviousKeyIsCounted() throws Exception {
        String key = "next-api-key-of-the-test";
        String secret = "another-secret-of-the-test-that-nobody-has";
        relay.reload(RelayConfig.parse(CONFIGURATION
                .replace("{key: " + KEY, "{key: %s, previous_key: %s".formatted(key, KEY))
                .replace(
                        "{hmac_secret_key: " + SECRET,
                        "{hmac_secret_key: %s, hmac_previous_secret_key: %s".formatted(secret, SECRET))));
        for (String each : new String[] {KEY, key, KEY + "x"}) {
            api(each);
        }
        assertThat(admin("GET", "/v1/nodes", jwt(SECRET, Duration.ofHours(1)), ""))
                .isEqualTo(200);
        assertThat(admin("GET", "/v1/nodes", jwt(secret, Duration.ofHours(1)), ""))
                .isEqualTo(200);
        try (WireClient _ = connected("ann");
                WireClient fresh = client()) {
            fresh.ok(Request.Connect.withToken(jwt(secret, Duration.ofHours(1)).substring("Bearer ".length())));
        }
        for (String kind : new String[] {"api", "connection", "operator"}) {
            assertThat(value("heliograph_previous_key_uses_total", "{kind=" + kind + "}"))
                    .as(kind)
                    .isEqualTo(1);
        }
        assertThat(value("heliograph_previous_key_uses_total", "{kind=subscription}"))
                .isZero();
    }

    private String jwt(String secret, Duration life) {
        return "Bearer "
                + TokenIssuer.hs256(secret, Clock.systemUTC())
                        .connection("carol")
                        .claim("role", "viewer")
                        .expiresIn(life)
                        .sign();
    }

    @Test
    void operatorsWhoAreNotLetInAreCountedByCause() throws Exception {
        Duration hour = Duration.ofHours(1);
        assertThat(admin("GET", "/v1/nodes", "", "")).isEqualTo(401);
        assertThat(admin("GET", "/v1/nodes", "Basic " + OPERATOR, "")).isEqualTo(401);
        assertThat(admin("GET", "/v1/nodes", "Bearer " + TokenHash.newToken(), ""))
                .isEqualTo(401);
        assertThat(admin("GET", "/v1/nodes", jwt(SECRET, hour.negated()), "")).isEqualTo(401);
        assertThat(admin("GET", "/v1/nodes", jwt(SECRET + "x", hour), "")).isEqualTo(401);
        assertThat(admin("PUT", "/v1/user-bans", "Bearer " + VIEWER, "{\"user\":\"x\"}"))
                .isEqualTo(403);
        assertThat(admin("GET", "/v1/nodes", jwt(SECRET, hour), "")).isEqualTo(200);
        for (String cause : new String[] {"missing", "malformed", "unknown", "expired", "invalid", "role"}) {
            assertThat(value("heliograph_admin_auth_failures_total", "{cause=" + cause + "}"))
                    .as(cause)
                    .isEqualTo(1);
        }
        // Who is told to wait has failed as well.
        for (int i = 0; i < 20; i++) {
            assertThat(admin("GET", "/v1/nodes", "Bearer wrong", "")).isIn(401, 429);
        }
        assertThat(value("heliograph_admin_auth_failures_total", "{cause=unknown}"))
                .isEqualTo(21);
    }
}
