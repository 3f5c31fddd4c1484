package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.bench.AdminClient;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.admin.TokenHash;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.RedisServer;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An operator watches the stream of one relay, and what happens happens on another one; both share a Redis.
class StreamOnTwoNodesTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SECRET = "a-secret-of-the-test-that-nobody-else-has";
    private static final TokenIssuer ISSUER = TokenIssuer.hs256(SECRET, Clock.systemUTC());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TOKEN = TokenHash.newToken();

    private final RedisServer redis = RedisServer.start();
    private Relay one;
    private Relay two;

    /// An operator.
    private static final class Watching implements WebSocket.Listener, AutoCloseable {

        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        /// Opens it, and waits until all has begun.
        Watching(int adminPort, String query) throws InterruptedException {
            socket = HTTP.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + TOKEN)
                    .buildAsync(URI.create("ws://127.0.0.1:" + adminPort + "/v1/stream?" + query), this)
                    .join();
            assertThat(next("hello").path("operator").asText()).isEqualTo("tester");
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    return CompletableFuture.failedFuture(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        /// The next message of a type; others are passed over.
        JsonNode next(String type) throws InterruptedException {
            while (true) {
                JsonNode message = messages.poll(LONG.toSeconds(), TimeUnit.SECONDS);
                assertThat(message).as("no message " + type).isNotNull();
                if (message.path("type").asText().equals(type)) {
                    return message;
                }
            }
        }

        /// Events up to the first that is of a kind on a node.
        List<JsonNode> eventsUntil(String node, String kind) throws InterruptedException {
            List<JsonNode> events = new ArrayList<>();
            while (events.stream()
                    .noneMatch(event -> event.path("node").asText().equals(node)
                            && event.path("kind").asText().equals(kind))) {
                next("follow").path("events").forEach(events::add);
            }
            return events;
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    @BeforeEach
    void start() {
        one = Relay.start(RelayConfig.parse(config("one")));
        two = Relay.start(RelayConfig.parse(config("two")));
        awaitNodes(port(one), 2);
        awaitNodes(port(two), 2);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        redis.close();
    }

    private String config(String name) {
        return """
                http_server: {address: 127.0.0.1, port: 0}
                node: {name: %s}
                client: {token: {hmac_secret_key: %s}}
                broker: {type: redis, redis: {address: ["%s"]}}
                channel: {without_namespace: {allow_subscribe_for_client: true, allow_publish_for_client: true}}
                admin: {enabled: true, port: 0, tokens: ["tester:operator:sha256:%s"]}
                shutdown: {timeout: 0s}
                """.formatted(name, SECRET, redis.address(), TokenHash.of(TOKEN));
    }

    private static int port(Relay relay) {
        return relay.adminPort().orElseThrow();
    }

    private static void awaitNodes(int adminPort, int count) {
        await().atMost(LONG)
                .until(() -> admin(adminPort).get("/v1/nodes").path("nodes").size() == count);
    }

    private static AdminClient admin(int port) {
        return new AdminClient(port, TOKEN);
    }

    private static WireClient client(int port, String user) throws IOException {
        WireClient client = new WireClient(port, Encoding.JSON);
        client.ok(Request.Connect.withToken(
                ISSUER.connection(user).expiresIn(Duration.ofHours(1)).sign()));
        return client;
    }

    @Test
    void aUserIsFollowedOnTheOtherNodeFromConnectToTheEnd() throws Exception {
        try (Watching watching = new Watching(port(one), "topics=follow&follow=user:ann&reason=case+42")) {
            try (WireClient there = client(two.port(), "ann");
                    WireClient other = client(two.port(), "ben")) {
                there.subscribe(Request.Subscribe.to("news"));
                other.ok(Request.Publish.of("news", Bytes.utf8("{\"text\":\"private words\"}")));
                assertThat(there.push()).isPresent();
                there.ok(Request.Publish.of("news", Bytes.utf8("{\"text\":\"private words\"}")));
            }
            List<JsonNode> events = watching.eventsUntil("two", "disconnected");
            assertThat(events)
                    .extracting(event -> event.path("kind").asText())
                    .startsWith("connected", "command")
                    .contains("delivered");
            assertThat(events).allSatisfy(event -> {
                assertThat(event.path("node").asText()).isEqualTo("two");
                assertThat(event.path("user").asText()).isEqualTo("ann");
                assertThat(event.path("ip").asText()).isEqualTo("127.0.0.1");
            });
            assertThat(events.toString()).contains("xxxxxxx xxxxx").doesNotContain("private", "words");
            JsonNode line =
                    admin(port(two)).get("/v1/audit?action=stream.follow").at("/entries/0");
            assertThat(line.path("operator").asText()).isEqualTo("tester");
            assertThat(line.path("target").asText()).isEqualTo("user:ann");
            assertThat(line.path("reason").asText()).isEqualTo("case 42");
            assertThat(line.path("from").asText()).isEqualTo("127.0.0.1");
        }
        await().atMost(LONG)
                .until(() -> two.tracer().follows().isEmpty()
                        && one.tracer().follows().isEmpty());
    }

    @Test
    void aChannelWithSubscribersOnTheOtherNodeOnlyIsTailed() throws Exception {
        try (WireClient there = client(two.port(), "ann")) {
            there.subscribe(Request.Subscribe.to("news"));
            try (Watching watching = new Watching(port(one), "topics=tail&channel=news")) {
                for (int i = 0; i < 5; i++) {
                    there.ok(Request.Publish.of("news", Bytes.utf8("{\"n\":7,\"text\":\"words\"}")));
                }
                for (int i = 0; i < 5; i++) {
                    JsonNode line = watching.next("tail");
                    assertThat(line.path("data").toString()).isEqualTo("{\"n\":0,\"text\":\"***\"}");
                    assertThat(line.path("user").asText()).isEqualTo("ann");
                    assertThat(line.path("skipped").asLong()).isZero();
                }
                // Who looks is no subscriber.
                assertThat(admin(port(one))
                                .get("/v1/channels?pattern=news")
                                .at("/channels/0/subscribers")
                                .asLong())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aDrainOfTheOtherNodeIsWatched() throws Exception {
        try (Watching watching = new Watching(port(one), "topics=drains");
                WireClient _ = client(two.port(), "ann");
                WireClient _ = client(two.port(), "ben")) {
            assertThat(watching.next("drains").path("active").asBoolean()).isFalse();
            admin(port(one)).post("/v1/drains/two", "{\"per_second\":0.01}");
            JsonNode going = watching.next("drains");
            assertThat(going.path("active").asBoolean()).isTrue();
            assertThat(going.at("/drains/1/node").asText()).isEqualTo("two");
            assertThat(going.at("/drains/1/state").asText()).isEqualTo("running");
            admin(port(two)).post("/v1/drains/two/cancel", "");
            JsonNode last = watching.next("drains");
            while (last.path("active").asBoolean()) {
                last = watching.next("drains");
            }
            assertThat(last.at("/drains/1/state").asText()).isEqualTo("cancelled");
        }
    }

    @Test
    void aNodeThatComesLaterTakesPartAndOneThatIsKilledIsMissed() throws Exception {
        try (Watching watching = new Watching(port(one), "topics=follow&follow=user:ann&duration_ms=600000");
                RelayProcess three = RelayProcess.start(config("three"))) {
            awaitNodes(port(one), 3);
            // It begins with the next question, which comes soon.
            await().atMost(LONG).until(() -> three.log().contains("following begins: user 'ann'"));
            WireClient there = client(three.port(), "ann");
            watching.eventsUntil("three", "connected");
            three.kill();
            there.close();
            JsonNode missed = watching.next("follow");
            while (missed.path("missing").isEmpty()) {
                missed = watching.next("follow");
            }
            assertThat(missed.path("missing").toString()).contains("three");
            try (WireClient _ = client(two.port(), "ann")) {
                watching.eventsUntil("two", "connected");
            }
        }
    }

    @Test
    void whenTheAskedNodeIsKilledTheOthersStopFollowing() throws Exception {
        try (RelayProcess three = RelayProcess.start(config("three"))) {
            awaitNodes(port(one), 3);
            awaitNodes(three.adminPort(), 3);
            Watching _ = new Watching(
                    three.adminPort(), "topics=follow,tail&follow=ip:127.0.0.1&channel=a&duration_ms=600000");
            assertThat(one.tracer().follows()).hasSize(1);
            assertThat(two.tracer().follows()).hasSize(1);
            three.kill();
            await().atMost(LONG)
                    .until(() -> one.tracer().follows().isEmpty()
                            && two.tracer().follows().isEmpty());
        }
    }
}
