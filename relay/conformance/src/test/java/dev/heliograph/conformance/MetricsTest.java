package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a relay counts, against conversations of which one knows what they are made of.
class MetricsTest {

    private static final String SECRET = "hmac-secret-of-the-metrics-test";
    private static final String KEY = "api-key-of-the-metrics-test";

    private final HttpClient http = HttpClient.newHttpClient();
    private Relay relay;

    @BeforeEach
    void start() {
        relay = Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0, handshake_timeout: 10s}
                metrics: {enabled: true, port: 0}
                client:
                  token: {hmac_secret_key: %s}
                  ping_interval: 0s
                http_api: {key: %s}
                channel:
                  without_namespace: {allow_subscribe_for_client: true}
                  namespaces:
                    - {name: chat, allow_subscribe_for_client: true, allow_publish_for_client: true}
                """.formatted(SECRET, KEY)));
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private Scrape scrape() {
        return Scrape.of(relay.metricsPort().orElseThrow());
    }

    /// Waits until a series has a value: what a client sees is counted a moment before or after.
    private void awaitValue(String name, String labels, double value) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(scrape().value(name, labels))
                        .as(name + labels)
                        .isEqualTo(value));
    }

    private static String token(String user) {
        return TokenIssuer.hs256(SECRET, Clock.systemUTC())
                .connection(user)
                .expiresIn(Duration.ofHours(1))
                .sign();
    }

    private WireClient client(Encoding encoding, String user) throws IOException {
        WireClient client = new WireClient(relay.port(), encoding);
        client.ok(connect(token(user)));
        return client;
    }

    private static Request.Connect connect(String token) {
        return new Request.Connect(token, Bytes.EMPTY, Map.of(), "", "", Map.of(), 0);
    }

    private HttpResponse<String> api(String method, String json, String key) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + "/api/" + method))
                        .header("X-API-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void aConversationIsCountedAsItWas() throws Exception {
        try (WireClient one = client(Encoding.JSON, "alice");
                WireClient two = client(Encoding.PROTOBUF, "alice");
                WireClient three = client(Encoding.JSON, "bob");
                WireClient refused = new WireClient(relay.port(), Encoding.JSON)) {
            refused.send(new Command(1, connect(token("carol") + "x")));
            assertThat(refused.awaitClose().code()).isEqualTo(3500);
            one.subscribe(Request.Subscribe.to("chat:lobby"));
            two.subscribe(Request.Subscribe.to("chat:lobby"));
            for (int i = 0; i < 9; i++) {
                assertThat(api("publish", "{\"channel\":\"chat:lobby\",\"data\":{\"n\":%d}}".formatted(i), KEY)
                                .statusCode())
                        .isEqualTo(200);
            }
            three.ok(Request.Publish.of("chat:lobby", Bytes.utf8("{\"n\":9}")));
            for (int i = 0; i < 10; i++) {
                assertThat(one.push()).isPresent();
                assertThat(two.push()).isPresent();
            }
            assertThat(code(three.call(Request.Subscribe.to("unknown:channel"))))
                    .isEqualTo(102);

            awaitValue("heliograph_disconnects_total", "{code=3500}", 1);
            awaitValue("heliograph_connections", "{encoding=json}", 2);
            Scrape seen = scrape();
            assertThat(seen.value("heliograph_handshakes_total", "{outcome=accepted}"))
                    .isEqualTo(4);
            assertThat(seen.value("heliograph_connects_total", "{outcome=accepted}"))
                    .isEqualTo(3);
            assertThat(seen.value("heliograph_connects_total", "{outcome=invalid_token}"))
                    .isEqualTo(1);
            assertThat(seen.value("heliograph_token_refusals_total", "{cause=signature, kind=connection}"))
                    .isEqualTo(1);
            assertThat(seen.value("heliograph_connections", "{encoding=protobuf}"))
                    .isEqualTo(1);
            assertThat(seen.value("heliograph_sessions", "{}")).isEqualTo(3);
            assertThat(seen.value("heliograph_users", "{}")).isEqualTo(2);
            assertThat(seen.value("heliograph_channels", "{}")).isEqualTo(1);
            assertThat(seen.value("heliograph_subscriptions", "{}")).isEqualTo(2);
            assertThat(seen.value("heliograph_commands_total", "{command=subscribe}"))
                    .isEqualTo(3);
            assertThat(seen.value("heliograph_command_errors_total", "{code=102}"))
                    .isEqualTo(1);
            assertThat(seen.value("heliograph_publications_total", "{namespace=chat, source=api}"))
                    .isEqualTo(9);
            assertThat(seen.value("heliograph_publications_total", "{namespace=chat, source=client}"))
                    .isEqualTo(1);
            assertThat(seen.value("heliograph_publication_bytes_total", "{source=api}"))
                    .isEqualTo(9 * 7);
            assertThat(seen.value("heliograph_broker_operation_seconds_count", "{operation=publish}"))
                    .isEqualTo(10);
            assertThat(seen.value("heliograph_cluster_nodes", "{}")).isEqualTo(1);
            awaitValue("heliograph_deliveries_total", "{encoding=json}", 10);
            awaitValue("heliograph_deliveries_total", "{encoding=protobuf}", 10);
            awaitValue("heliograph_delivery_delay_seconds_count", "{}", 20);
        }
        awaitValue("heliograph_sessions", "{}", 0);
        awaitValue("heliograph_subscriptions", "{}", 0);
        awaitValue("heliograph_connections", "{encoding=json}", 0);
        awaitValue("heliograph_disconnects_total", "{code=lost}", 3);
    }

    @Test
    void bytesAreCountedToTheLast() throws Exception {
        try (WireClient client = client(Encoding.JSON, "alice")) {
            await().until(() -> scrape().value("heliograph_sent_bytes_total", "{}") > 0);
            double received = scrape().value("heliograph_received_bytes_total", "{}");
            double sent = scrape().value("heliograph_sent_bytes_total", "{}");
            Request request = Request.Subscribe.to("chat:a");
            Reply reply = client.call(request);
            int asked = Encoding.JSON.codec().encode(new Command(2, request)).length;
            int answered = Encoding.JSON.codec().encode(reply).length;
            // A masked frame has a head of six bytes, an unmasked one of two (RFC 6455 section 5.2).
            awaitValue("heliograph_received_bytes_total", "{}", received + 6 + asked);
            awaitValue("heliograph_sent_bytes_total", "{}", sent + 2 + answered);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "405, method, POST, 13, none, AAAAAAAAAAAAAAAAAAAAAA==, ''",
        "426, version, GET, 8, websocket, AAAAAAAAAAAAAAAAAAAAAA==, ''",
        "426, no_upgrade, GET, 13, h2c, AAAAAAAAAAAAAAAAAAAAAA==, ''",
        "400, key, GET, 13, websocket, AAAA, ''",
        "403, origin, GET, 13, websocket, AAAAAAAAAAAAAAAAAAAAAA==, https://evil.example"
    })
    void aRefusedHandshakeIsCountedByItsReason(
            int status, String outcome, String method, String version, String upgrade, String key, String origin)
            throws Exception {
        try (RawSocket socket = new RawSocket(relay.port(), null)) {
            socket.write((method + " /connection/websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: "
                            + upgrade + "\r\nSec-WebSocket-Version: " + version + "\r\nSec-WebSocket-Key: " + key
                            + (origin.isEmpty() ? "" : "\r\nOrigin: " + origin) + "\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(UTF_8));
            awaitValue("heliograph_handshakes_total", "{outcome=" + outcome + "}", 1);
        }
        assertThat(scrape().value("heliograph_handshakes_total", "{outcome=accepted}"))
                .isZero();
    }

    @Test
    void labelsStayAsFewHoweverManyUsersChannelsAndCodesCome() throws Exception {
        List<WireClient> clients = new ArrayList<>();
        try {
            // One of each, so that everything that has a label is there.
            clients.add(client(Encoding.JSON, "first"));
            clients.getFirst().ok(Request.Publish.of("chat:first", Bytes.utf8("1")));
            assertThat(api("publish", "{\"channel\":\"plain\",\"data\":1}", KEY).statusCode())
                    .isEqualTo(200);
            TreeSet<String> before = scrape().own();
            for (int i = 0; i < 40; i++) {
                WireClient client = client(Encoding.JSON, "user-" + i + "\"}\n evil{x=\"");
                clients.add(client);
                client.subscribe(Request.Subscribe.to("chat:channel-" + i));
                client.ok(Request.Publish.of("chat:other-" + i, Bytes.utf8("1")));
                client.call(Request.Subscribe.to("unknown-" + i + ":x"));
                assertThat(api("publish", "{\"channel\":\"plain-%d\",\"data\":1}".formatted(i), KEY)
                                .statusCode())
                        .isEqualTo(200);
                api(
                        "disconnect",
                        "{\"user\":\"user-%d\",\"disconnect\":{\"code\":%d,\"reason\":\"r%d\"}}"
                                .formatted(i, 4_000 + i, i),
                        KEY);
            }
            assertThat(scrape().own()).isEqualTo(before);
        } finally {
            for (WireClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void secretsAreNotInTheExposition() throws Exception {
        String good = token("alice");
        try (WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
            client.ok(connect(good));
            assertThat(api("info", "{}", "wrong-key-of-somebody").statusCode()).isEqualTo(401);
            String text =
                    Scrape.get(relay.metricsPort().orElseThrow(), "text/plain").body();
            assertThat(text).doesNotContain(SECRET, KEY, good, "eyJ", "wrong-key", "alice", "127.0.0.1");
        }
    }

    @Test
    void openMetricsIsServedToThoseWhoAcceptIt() {
        HttpResponse<String> open = Scrape.get(
                relay.metricsPort().orElseThrow(),
                "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        assertThat(open.headers().firstValue("content-type").orElseThrow())
                .startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(open.body()).endsWith("# EOF\n").contains("# TYPE heliograph_deliveries counter\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics/other", "/health/live", "/api/info", "/connection/websocket"})
    void nothingElseIsOnThatPort(String path) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + relay.metricsPort().orElseThrow() + path))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(404);
    }

    @Test
    void metricsAreOffUnlessAskedForAndNeverOnThePortOfTheClients() throws Exception {
        try (Relay without = Relay.start(RelayConfig.parse("http_server: {address: 127.0.0.1, port: 0}"))) {
            assertThat(without.metricsPort()).isEmpty();
        }
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + "/metrics"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(404);
    }

    @Test
    void aPortThatIsTakenIsSaidAndTheRelayDoesNotStart() {
        RelayConfig config = RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                metrics: {enabled: true, port: %d}
                """.formatted(relay.metricsPort().orElseThrow()));
        assertThatThrownBy(() -> Relay.start(config))
                .hasStackTraceContaining("127.0.0.1:" + relay.metricsPort().orElseThrow());
    }

    @Test
    void theStrictReaderIsStrict() {
        String good = "# HELP a_total A.\n# TYPE a_total counter\na_total{x=\"1\"} 1.0\n";
        assertThat(Scrape.parse(good).value("a_total", "{x=1}")).isOne();
        for (String bad : List.of(
                good.strip(),
                good + "a_total{x=\"1\"} 2.0\n",
                good + "b 1.0\n",
                good + good,
                good.replace("{x=\"1\"}", "{x=\"1}"),
                good.replace("{x=\"1\"}", "{1x=\"1\"}"),
                good.replace("# HELP a_total A.\n", ""),
                "# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1.0\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_count 1\nh_sum 1.0\n",
                "# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1.0\"} 1\nh_count 1\nh_sum 1.0\n")) {
            assertThatThrownBy(() -> Scrape.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static int code(Reply reply) {
        return reply instanceof Reply.Failed failed ? failed.error().code() : 0;
    }
}
