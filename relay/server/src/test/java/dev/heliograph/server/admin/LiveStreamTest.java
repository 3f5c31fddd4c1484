package dev.heliograph.server.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveStreamTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String ANSWER_101 = "HTTP/1.1 101";

    @TempDir
    private static Path directory;

    private AdminUnderTest api;

    @BeforeAll
    void start() {
        api = new AdminUnderTest(directory, """
                channel:
                  without_namespace:
                    allow_subscribe_for_client: true
                    allow_subscribe_for_anonymous: true
                    allow_publish_for_client: true
                    allow_publish_for_anonymous: true
                """);
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private List<String> audit(String action) {
        List<String> lines = new ArrayList<>();
        api.get(Role.OPERATOR, "/v1/audit?action=" + action)
                .body()
                .path("entries")
                .forEach(line -> lines.add(line.path("target").asText() + " "
                        + line.path("outcome").asText()));
        return lines;
    }

    private void publish(String channel, String data) {
        assertThat(api.post(
                                Role.OPERATOR,
                                "/v1/channel/publish",
                                "{\"channel\":\"" + channel + "\",\"data\":" + data + "}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theNodesComeEachSecond() throws InterruptedException {
        try (Watching watching = Watching.open(api, Role.VIEWER, "topics=nodes")) {
            assertThat(watching.next().path("type").asText()).isEqualTo("hello");
            for (int i = 0; i < 2; i++) {
                JsonNode nodes = watching.next();
                assertThat(nodes.path("nodes")).hasSize(1);
                assertThat(nodes.at("/nodes/0/self").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void newLinesOfTheAuditRecordCome() throws InterruptedException {
        try (Watching watching = Watching.open(api, Role.OPERATOR, "topics=nodes,audit")) {
            watching.await("hello");
            api.post(Role.ADMIN, "/v1/tokens", "{\"name\":\"watched\",\"role\":\"viewer\"}");
            JsonNode line = watching.await(
                    message -> message.at("/entry/action").asText().equals("token.create"));
            assertThat(line.at("/entry/target").asText()).isEqualTo("watched");
        }
    }

    @Test
    void drainsComeWhileOneIsActiveAndOnceAtItsEnd() throws InterruptedException {
        String node = api.get(Role.VIEWER, "/v1/nodes").body().at("/nodes/0/id").asText();
        try (Watching watching = Watching.open(api, Role.VIEWER, "topics=drains");
                ClientUnderTest _ = new ClientUnderTest(api.relay().port());
                ClientUnderTest _ = new ClientUnderTest(api.relay().port())) {
            assertThat(watching.await("drains").path("active").asBoolean()).isFalse();
            api.post(Role.OPERATOR, "/v1/drains/" + node, "{\"per_second\":0.01,\"force\":true}");
            for (int i = 0; i < 2; i++) {
                JsonNode active = watching.await("drains");
                assertThat(active.path("active").asBoolean()).isTrue();
                assertThat(active.at("/drains/0/set_point").asDouble()).isEqualTo(0.01);
            }
            api.call("POST", "/v1/drains/" + node + "/cancel", api.token(Role.OPERATOR), null);
            JsonNode last = watching.await(message -> !message.path("active").asBoolean());
            assertThat(last.at("/drains/0/state").asText()).isEqualTo("cancelled");
        }
    }

    @Test
    void whatLimitsRefuseComesAsARate() throws IOException, InterruptedException {
        api.put(
                Role.OPERATOR,
                "/v1/limits/one",
                "{\"operation\":\"subscribe\",\"scope\":\"node\",\"rate\":0.001,\"burst\":1,\"mode\":\"dry_run\"}");
        try (Watching watching = Watching.open(api, Role.VIEWER, "topics=limits");
                ClientUnderTest client = new ClientUnderTest(api.relay().port())) {
            watching.await("hello");
            for (int i = 2; i < 5; i++) {
                client.ask("{\"id\":" + i + ",\"subscribe\":{\"channel\":\"limited" + i + "\"}}");
            }
            JsonNode limits = watching.await(
                    message -> message.path("limits").findValuesAsText("name").contains("one")
                            && message.toString().contains("would_reject\":"));
            assertThat(limits.path("limits").findValues("would_reject")).isNotEmpty();
        } finally {
            api.delete(Role.OPERATOR, "/v1/limits/one");
        }
    }

    @Test
    void connectionsComeAgainAndAgain() throws IOException, InterruptedException {
        String query = "topics=connections&every_ms=1000&limit=1&q=" + encoded("channel = \"seen\"");
        try (Watching watching = Watching.open(api, Role.VIEWER, query)) {
            assertThat(watching.await("connections").at("/page/matched").asLong())
                    .isZero();
            try (ClientUnderTest one = new ClientUnderTest(api.relay().port());
                    ClientUnderTest two = new ClientUnderTest(api.relay().port())) {
                one.ask("{\"id\":2,\"subscribe\":{\"channel\":\"seen\"}}");
                two.ask("{\"id\":2,\"subscribe\":{\"channel\":\"seen\"}}");
                JsonNode page = watching.await(
                                message -> message.at("/page/matched").asLong() == 2)
                        .path("page");
                assertThat(page.path("connections")).hasSize(1);
                assertThat(page.path("next").isTextual()).isTrue();
            }
            watching.await(message -> message.at("/page/matched").asLong() == 0);
        }
    }

    @Test
    void aTailShowsMaskedPublicationsTellsWhatItLeavesOutAndIsOnRecord() throws InterruptedException {
        String query = "topics=tail&channel=tailed&per_second=1&reason=" + encoded("a complaint");
        try (Watching watching = Watching.open(api, Role.OPERATOR, query)) {
            watching.await("hello");
            assertThat(audit("stream.tail")).contains("tailed ok");
            for (int i = 0; i < 20; i++) {
                publish("tailed", "{\"pin\":" + i + ",\"who\":\"ann\"}");
            }
            JsonNode line = watching.await("tail");
            assertThat(line.path("data").toString()).isEqualTo("{\"pin\":0,\"who\":\"***\"}");
            assertThat(line.path("skipped").asLong()).isZero();
            // One a second: between two that are shown there are some that are not.
            JsonNode later = nextTail(watching);
            assertThat(later.path("skipped").asLong()).isPositive();
        }
    }

    private JsonNode nextTail(Watching watching) throws InterruptedException {
        AtomicBoolean shown = new AtomicBoolean();
        Thread publisher = Thread.startVirtualThread(() -> {
            while (!shown.get()) {
                publish("tailed", "1");
            }
        });
        try {
            return watching.await("tail");
        } finally {
            shown.set(true);
            publisher.join();
        }
    }

    @Test
    void aTailEndsByItselfAndTheStreamWithIt() throws InterruptedException {
        try (Watching watching =
                Watching.open(api, Role.ADMIN, "topics=tail&channel=brief&masking=clear&duration_ms=1500")) {
            watching.await("hello");
            publish("brief", "{\"pin\":42}");
            assertThat(watching.await("tail").at("/data/pin").asInt()).isEqualTo(42);
            assertThat(watching.await("tail_end").path("seen").asLong()).isEqualTo(1);
            assertThat(watching.awaitEnd()).isEqualTo(1000);
        }
    }

    @Test
    void aClientIsFollowedFromItsFirstCommandAndTokensAreNotShown() throws IOException, InterruptedException {
        String token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl";
        try (Watching watching = Watching.open(api, Role.OPERATOR, "topics=follow&follow=ip:127.0.0.1")) {
            watching.await("hello");
            assertThat(audit("stream.follow")).contains("ip:127.0.0.1 ok");
            assertThat(api.relay().tracer().follows()).hasSize(1);
            try (ClientUnderTest client = new ClientUnderTest(api.relay().port())) {
                client.ask("{\"id\":2,\"subscribe\":{\"channel\":\"" + token + "\"}}");
                client.ask("{\"id\":3,\"publish\":{\"channel\":\"a\",\"data\":{\"secret\":\"words\"}}}");
            }
            List<JsonNode> events = eventsUntil(watching, "disconnected");
            assertThat(events)
                    .extracting(event -> event.path("kind").asText())
                    .contains("connected", "command", "disconnected");
            String all = events.toString();
            assertThat(all)
                    .contains("[redacted]", "{\\\"xxxxxx\\\":\\\"xxxxx\\\"}")
                    .doesNotContain(token, "words");
        }
        // Who has gone follows nobody.
        await().atMost(LONG).until(() -> api.relay().tracer().follows().isEmpty());
    }

    private static List<JsonNode> eventsUntil(Watching watching, String kind) throws InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        while (events.stream().noneMatch(event -> event.path("kind").asText().equals(kind))) {
            watching.await("follow").path("events").forEach(events::add);
        }
        return events;
    }

    @Test
    void aFollowEndsByItselfAndTheStreamWithIt() throws InterruptedException {
        try (Watching watching =
                Watching.open(api, Role.OPERATOR, "topics=follow&follow=user:nobody&duration_ms=1000")) {
            assertThat(watching.await("follow_end").path("shown").asLong()).isZero();
            assertThat(watching.awaitEnd()).isEqualTo(1000);
        }
        await().atMost(LONG)
                .until(() -> api.relay().tracer().follows().stream()
                        .noneMatch(each -> each.spec().value().equals("nobody")));
    }

    @Test
    void moreThanMayBeFollowedIsRefusedWithAReason() throws InterruptedException {
        List<Watching> all = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                all.add(Watching.open(api, Role.OPERATOR, "topics=follow&follow=user:u" + i));
                all.getLast().next();
            }
            try (Watching one = Watching.open(api, Role.OPERATOR, "topics=follow&follow=user:last")) {
                assertThat(one.next().at("/error/message").asText()).isEqualTo("16 things are followed already");
                assertThat(one.awaitEnd()).isEqualTo(1008);
            }
            assertThat(audit("stream.follow")).contains("user:last refused: 16 things are followed already");
        } finally {
            all.forEach(Watching::close);
        }
        await().atMost(LONG).until(() -> api.relay().tracer().follows().isEmpty());
    }

    @Test
    void whatMayNotBeSeenIsRefusedBeforeTheHandshakeAndOnRecord() {
        String viewer = api.token(Role.VIEWER);
        String operator = api.token(Role.OPERATOR);
        assertThat(Watching.status(api, viewer, "topics=audit")).isEqualTo(403);
        assertThat(Watching.status(api, viewer, "topics=tail&channel=private")).isEqualTo(403);
        assertThat(Watching.status(api, viewer, "topics=nodes,follow&follow=user:private"))
                .isEqualTo(403);
        assertThat(Watching.status(api, operator, "topics=tail&channel=private&masking=clear"))
                .isEqualTo(403);
        assertThat(audit("stream.tail"))
                .contains(
                        "private refused: the topic tail needs the role operator",
                        "private refused: to see payloads in the clear needs the role admin");
        assertThat(audit("stream.follow")).contains("user:private refused: the topic follow needs the role operator");
        assertThat(Watching.status(api, "no-token", "topics=nodes")).isEqualTo(401);
        for (String wrong : List.of(
                "topics=weather",
                "topics=",
                "topics=nodes&chanel=a",
                "topics=nodes&channel=a",
                "topics=tail",
                "topics=tail&channel=a&per_second=21",
                "topics=tail&channel=a&masking=none",
                "topics=tail&channel=a&duration_ms=600001",
                "topics=follow&follow=42",
                "topics=follow&follow=user:",
                "topics=follow&follow=ip:localhost",
                "topics=follow&follow=user:a&duration_ms=3600001",
                "topics=connections&every_ms=999",
                "topics=connections&limit=201",
                "topics=connections&q=nonsense")) {
            assertThat(Watching.status(api, operator, wrong)).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void whoTalksIsCutOff() {
        try (Watching watching = Watching.open(api, Role.VIEWER, "topics=nodes")) {
            watching.say("{\"hello\":1}");
            assertThat(watching.awaitEnd()).isEqualTo(1008);
        }
    }

    @Test
    void aTokenThatIsRevokedShowsNothingAnyMore() {
        String token = api.post(Role.ADMIN, "/v1/tokens", "{\"name\":\"leaver\",\"role\":\"operator\"}")
                .body()
                .path("token")
                .asText();
        try (Watching watching = Watching.open(api, token, "topics=nodes")) {
            api.delete(Role.ADMIN, "/v1/tokens/leaver");
            assertThat(watching.awaitEnd()).isEqualTo(1008);
        }
    }

    /// A peer that reads nothing gets no more than its socket and a few messages take, and is cut off; what it
    /// followed is followed no more.
    @Test
    void whoDoesNotReadCostsNoMemoryAndIsCutOff() throws IOException {
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(
                    new InetSocketAddress("127.0.0.1", api.relay().adminPort().orElseThrow()));
            deaf.getOutputStream().write("""
                    GET /v1/stream?topics=tail,follow&channel=flood&follow=channel:flood&per_second=20&masking=clear&duration_ms=600000 HTTP/1.1\r
                    Host: a\r
                    Authorization: Bearer %s\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    \r
                    """.formatted(api.token(Role.ADMIN)).getBytes(US_ASCII));
            byte[] head = deaf.getInputStream().readNBytes(ANSWER_101.length());
            assertThat(new String(head, US_ASCII)).isEqualTo(ANSWER_101);
            await().atMost(LONG).until(() -> isFollowed("flood"));
            String large = "\"" + "x".repeat(15_000) + "\"";
            await().atMost(LONG.multipliedBy(3))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        publish("flood", large);
                        return !isFollowed("flood");
                    });
        }
    }

    private boolean isFollowed(String value) {
        return api.relay().tracer().follows().stream()
                .anyMatch(each -> each.spec().value().equals(value));
    }

    @Test
    void theEndOfTheNodeIsTold() throws Exception {
        try (AdminUnderTest other = new AdminUnderTest(directory.resolve("other"), "");
                Watching watching = Watching.open(other, Role.VIEWER, "topics=nodes")) {
            // Before that the stream is not open for the relay, though the handshake is over.
            watching.await("hello");
            other.close();
            assertThat(watching.awaitEnd()).isEqualTo(1001);
        }
    }
}
