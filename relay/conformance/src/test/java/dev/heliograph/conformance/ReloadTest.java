package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.server.Relay;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A relay takes another configuration while clients are connected, who notice nothing but what it says.
class ReloadTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SECRET = "a-secret-of-the-test-that-nobody-else-has";
    private static final String OTHER_SECRET = "another-secret-of-the-test-that-nobody-has";

    private static final String BASE = """
            http_server: {address: 127.0.0.1, port: 0}
            http_api: {key: first-key}
            client: {token: {hmac_secret_key: %s}, channel_limit: 2, allowed_origins: ["https://a.example"]}
            channel:
              namespaces:
                - {name: chat, allow_subscribe_for_client: true, allow_publish_for_client: true}
            """.formatted(SECRET);

    private Relay relay;

    @BeforeEach
    void start() {
        relay = Relay.start(RelayConfig.parse(BASE));
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private String reload(String from, String to) {
        assertThat(BASE).contains(from);
        return relay.reload(RelayConfig.parse(BASE.replace(from, to))).toString();
    }

    private WireClient client() throws IOException {
        return client(SECRET);
    }

    private WireClient client(String secret) throws IOException {
        WireClient client = new WireClient(relay.port(), Encoding.JSON);
        client.ok(connect(secret));
        return client;
    }

    private static Request.Connect connect(String secret) {
        return Request.Connect.withToken(token(secret));
    }

    private static String token(String secret) {
        return TokenIssuer.hs256(secret, Clock.systemUTC())
                .connection("42")
                .expiresIn(Duration.ofHours(1))
                .sign();
    }

    private static ErrorCode error(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        int code = ((Reply.Failed) reply).error().code();
        return Stream.of(ErrorCode.values())
                .filter(each -> each.code() == code)
                .findAny()
                .orElseThrow();
    }

    private int api(String key) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + "/api/info"))
                                .header("X-API-Key", key)
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void aNewNamespaceIsThereForClientsThatAreConnected() throws Exception {
        try (WireClient client = client()) {
            assertThat(error(client.call(Request.Subscribe.to("news:1")))).isEqualTo(ErrorCode.UNKNOWN_CHANNEL);
            assertThat(reload("- {name: chat", "- {name: news, allow_subscribe_for_client: true}\n    - {name: chat"))
                    .isEqualTo("channel.namespaces.news: added (allow_subscribe_for_client: true)");
            client.subscribe(Request.Subscribe.to("news:1"));
        }
    }

    @Test
    void aNamespaceThatIsGoneTakesNothingMoreButItsSubscriptionsStay() throws Exception {
        try (WireClient client = client()) {
            client.subscribe(Request.Subscribe.to("chat:1"));
            assertThat(reload("- {name: chat,", "- {name: talk,"))
                    .isEqualTo("channel.namespaces.chat: removed\nchannel.namespaces.talk: added"
                            + " (allow_subscribe_for_client: true, allow_publish_for_client: true)");
            assertThat(error(client.call(Request.Publish.of("chat:1", Bytes.utf8("{}")))))
                    .isEqualTo(ErrorCode.UNKNOWN_CHANNEL);
            assertThat(error(client.call(Request.Subscribe.to("chat:2")))).isEqualTo(ErrorCode.UNKNOWN_CHANNEL);

            relay.reload(RelayConfig.parse(BASE));
            client.ok(Request.Publish.of("chat:1", Bytes.utf8("{}")));
            assertThat(client.push()).get().isInstanceOf(Push.Pub.class);
        }
    }

    @Test
    void optionsOfANamespaceHoldForWhatIsPublishedNext() throws Exception {
        try (WireClient client = client()) {
            client.ok(Request.Publish.of("chat:1", Bytes.utf8("1")));
            assertThat(reload(
                            "allow_publish_for_client: true",
                            "allow_publish_for_client: true,"
                                    + " allow_history_for_client: true, history_size: 2, history_ttl: 1h"))
                    .isEqualTo("""
                            channel.namespaces.chat.history_size: 0 -> 2
                            channel.namespaces.chat.history_ttl: 0s -> 1h
                            channel.namespaces.chat.allow_history_for_client: false -> true""");
            for (int i = 2; i <= 4; i++) {
                client.ok(Request.Publish.of("chat:1", Bytes.utf8(Integer.toString(i))));
            }
            Result.History history =
                    (Result.History) client.ok(new Request.History("chat:1", -1, Optional.empty(), false));
            assertThat(history.publications())
                    .extracting(each -> each.data().text())
                    .containsExactly("3", "4");
        }
    }

    @Test
    void limitsHoldForWhatIsAskedNext() throws Exception {
        try (WireClient client = client()) {
            client.subscribe(Request.Subscribe.to("chat:1"));
            client.subscribe(Request.Subscribe.to("chat:2"));
            assertThat(error(client.call(Request.Subscribe.to("chat:3")))).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
            assertThat(reload("channel_limit: 2", "channel_limit: 3")).isEqualTo("client.channel_limit: 2 -> 3");
            client.subscribe(Request.Subscribe.to("chat:3"));
            reload("channel_limit: 2", "channel_limit: 1");
            assertThat(error(client.call(Request.Subscribe.to("chat:4")))).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
            // Those that it has are not taken away.
            client.ok(Request.Publish.of("chat:3", Bytes.utf8("{}")));
            assertThat(client.push()).get().isInstanceOf(Push.Pub.class);
        }
    }

    @Test
    void whoCameWithAnOldKeyStaysAndNewTokensAreNeededFromThenOn() throws Exception {
        try (WireClient old = client()) {
            old.subscribe(Request.Subscribe.to("chat:1"));
            assertThat(reload(SECRET, OTHER_SECRET)).isEqualTo("client.token.hmac_secret_key: changed");
            try (WireClient refused = new WireClient(relay.port(), Encoding.JSON)) {
                assertThatThrownBy(() -> refused.call(connect(SECRET))).hasMessageContaining("3500");
            }
            try (WireClient fresh = client(OTHER_SECRET)) {
                fresh.ok(Request.Publish.of("chat:1", Bytes.utf8("{}")));
                assertThat(old.push()).get().isInstanceOf(Push.Pub.class);
            }
            old.ok(new Request.Refresh(token(OTHER_SECRET)));
            assertThatThrownBy(() -> old.call(new Request.Refresh(token(SECRET))))
                    .hasMessageContaining("3500");
        }
    }

    @Test
    void theApiTakesTheNewKeyAtOnce() throws Exception {
        assertThat(api("first-key")).isEqualTo(200);
        assertThat(reload("first-key", "second-key")).isEqualTo("http_api.key: changed");
        assertThat(api("first-key")).isEqualTo(401);
        assertThat(api("second-key")).isEqualTo(200);
    }

    @Test
    void theApiTakesThePreviousKeyAsLongAsItIsConfigured() throws Exception {
        assertThat(reload("{key: first-key}", "{key: second-key, previous_key: first-key}"))
                .isEqualTo("http_api.key: changed\nhttp_api.previous_key: set");
        assertThat(api("first-key")).isEqualTo(200);
        assertThat(api("second-key")).isEqualTo(200);
        assertThat(api("third-key")).isEqualTo(401);
        assertThat(api("")).isEqualTo(401);
        assertThat(reload("first-key", "second-key")).isEqualTo("http_api.previous_key: removed");
        assertThat(api("first-key")).isEqualTo(401);
        assertThat(api("second-key")).isEqualTo(200);
        assertThat(api("")).isEqualTo(401);
    }

    @Test
    void tokensOfThePreviousSecretAreTakenAsLongAsItIsConfigured() throws Exception {
        assertThat(reload(SECRET, OTHER_SECRET + ", hmac_previous_secret_key: " + SECRET))
                .isEqualTo("client.token.hmac_secret_key: changed\nclient.token.hmac_previous_secret_key: set");
        try (WireClient old = client();
                WireClient fresh = client(OTHER_SECRET)) {
            old.ok(new Request.Refresh(token(SECRET)));
            assertThat(reload(SECRET, OTHER_SECRET)).isEqualTo("client.token.hmac_previous_secret_key: removed");
            fresh.ok(new Request.Refresh(token(OTHER_SECRET)));
            assertThatThrownBy(() -> old.call(new Request.Refresh(token(SECRET))))
                    .hasMessageContaining("3500");
        }
    }

    @Test
    void originsAndBoundsOnConnectionsHoldForNewHandshakes() throws Exception {
        try (WireClient there = client()) {
            assertThat(handshake("Origin: https://b.example")).startsWith("HTTP/1.1 403");
            assertThat(reload("[\"https://a.example\"]", "[\"https://b.example\"]"))
                    .isEqualTo("client.allowed_origins: + https://b.example, - https://a.example (new connections)");
            assertThat(handshake("Origin: https://b.example")).startsWith("HTTP/1.1 101");
            assertThat(handshake("Origin: https://a.example")).startsWith("HTTP/1.1 403");
            reload("channel_limit: 2", "connection_limit: 1");
            assertThat(handshake("X: y")).startsWith("HTTP/1.1 503");
            relay.reload(RelayConfig.parse(BASE));
            assertThat(handshake("X: y")).startsWith("HTTP/1.1 101");
            there.subscribe(Request.Subscribe.to("chat:1"));
        }
    }

    /// The head of the answer to a handshake.
    private String handshake(String line) throws IOException {
        try (RawSocket socket = new RawSocket(relay.port(), null)) {
            return socket.handshake(
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    line);
        }
    }

    @Test
    void oneSettingThatCanNotChangeIsAReasonToChangeNothing() throws Exception {
        assertThatThrownBy(() -> relay.reload(RelayConfig.parse(BASE.replace("channel_limit: 2", "channel_limit: 1")
                        .replace("port: 0", "port: 0, proxy_protocol: required, trusted_proxies: 127.0.0.1")
                        .replace("first-key", "second-key"))))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "http_server.proxy_protocol: can not change while the relay runs; restart it"));
        assertThat(api("first-key")).isEqualTo(200);
        try (WireClient client = client()) {
            client.subscribe(Request.Subscribe.to("chat:1"));
            client.subscribe(Request.Subscribe.to("chat:2"));
        }
    }

    @Test
    void twoHundredConnectionsStayAndGetEveryMessageWhileItIsReadAgainAndAgain() throws Exception {
        int messages = 300;
        List<WireClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                WireClient client = client();
                clients.add(client);
                client.subscribe(Request.Subscribe.to("chat:all"));
            }
            FutureTask<Integer> publishing = new FutureTask<>(() -> {
                try (WireClient publisher = client()) {
                    for (int i = 0; i < messages; i++) {
                        publisher.ok(Request.Publish.of("chat:all", Bytes.utf8(Integer.toString(i))));
                    }
                }
                return messages;
            });
            Thread.ofPlatform().start(publishing);
            int reloads = 0;
            while (!publishing.isDone()) {
                int limit = 3 + reloads++ % 2;
                assertThat(reload(
                                "channel_limit: 2",
                                "channel_limit: " + limit + ", user_connection_limit: " + (1_000 + limit)))
                        .isNotEmpty();
            }
            assertThat(publishing.get()).isEqualTo(messages);
            assertThat(reloads).isPositive();
            for (WireClient client : clients) {
                for (int i = 0; i < messages; i++) {
                    Push.Pub push = (Push.Pub) client.push().orElseThrow();
                    assertThat(push.publication().data().text()).isEqualTo(Integer.toString(i));
                }
                client.subscribe(Request.Subscribe.to("chat:after"));
            }
            assertThat(relay.clientCount()).isEqualTo(200);
        } finally {
            for (WireClient client : clients) {
                client.close();
            }
        }
    }

    /// Of a process, as an operator does it.
    @Test
    void onSighupTheFileIsReadAgain() throws Exception {
        assumeFalse(ignoresHangups(), "SIGHUP is ignored here, as under nohup, and so it is in every child");
        String yaml = """
                http_server: {address: 127.0.0.1, port: 0}
                client: {allow_anonymous_connect_without_token: true}
                channel:
                  without_namespace: {allow_subscribe_for_client: true, allow_subscribe_for_anonymous: true}
                """;
        try (RelayProcess process = RelayProcess.start(yaml);
                WireClient client = WireClient.connected(process.port(), Encoding.JSON)) {
            assertThat(error(client.call(Request.Subscribe.to("new:1")))).isEqualTo(ErrorCode.UNKNOWN_CHANNEL);
            String good = yaml + """
                      namespaces: [{name: new, allow_subscribe_for_client: true, allow_subscribe_for_anonymous: true}]
                    log: {level: debug}
                    http_api: {key: "%s"}
                    """.formatted(RelayProcess.API_KEY);
            process.reload(good);
            await().atMost(LONG).until(() -> process.log().contains("configuration read again and in force"));
            assertThat(process.log())
                    .contains(
                            "configuration: channel.namespaces.new: added (allow_subscribe_for_client: true,"
                                    + " allow_subscribe_for_anonymous: true)",
                            "configuration: log.level: info -> debug",
                            "configuration: http_api.key: set")
                    .doesNotContain(RelayProcess.API_KEY);
            client.subscribe(Request.Subscribe.to("new:1"));
            // The level of the log is that of the new file, too.
            try (WireClient _ = WireClient.connected(process.port(), Encoding.JSON)) {
                await().atMost(LONG).until(() -> process.log().contains("DEBUG session.Session "));
            }

            process.reload(good + "client: {channel_limt: 3}\n");
            await().atMost(LONG).until(() -> process.log().contains("read again and refused: nothing has changed"));
            assertThat(process.log()).containsPattern("ERROR .*: client: is in line 2 and again in line \\d");
            assertThat(process.api("info", "{}")).contains("\"num_clients\":");

            // Not its port, which the environment overrides.
            process.reload(good.replace("127.0.0.1", "127.0.0.2").replace("name: new", "name: other"));
            await().atMost(LONG)
                    .until(() -> process.log()
                            .contains("http_server.address: can not change while the relay runs; restart it"));
            client.subscribe(Request.Subscribe.to("new:2"));
            process.api("publish", "{\"channel\": \"new:1\", \"data\": 1}");
            assertThat(client.push()).get().isInstanceOf(Push.Pub.class);
        }
    }

    private static boolean ignoresHangups() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status, UTF_8).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                // Bit n - 1 is signal n, and SIGHUP is 1.
                .anyMatch(line -> (Long.parseUnsignedLong(
                                        line.substring("SigIgn:".length()).strip(), 16)
                                & 1)
                        != 0);
    }
}
