package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.testkit.RedisServer;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A back end asks one relay, and clients of all relays are meant. Relays are processes.
class ClusterOperationsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SECRET = "a-secret-of-the-test-that-nobody-else-has";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final TokenIssuer ISSUER = TokenIssuer.hs256(SECRET, Clock.systemUTC());

    private static RedisServer redis;
    private static RelayProcess one;
    private static RelayProcess two;

    private static RelayProcess relay(String name) {
        return RelayProcess.start("""
                http_server: {address: 127.0.0.1, port: 0}
                http_api: {key: %s}
                node: {name: %s, colour: blue}
                client:
                  token: {hmac_secret_key: %s}
                  presence_ttl: 3s
                  presence_update_interval: 1s
                broker: {type: redis, redis: {address: ["%s"]}}
                channel:
                  without_namespace: {allow_subscribe_for_client: true}
                  namespaces:
                    - {name: room, presence: true, allow_subscribe_for_client: true}
                    - {name: sum, allow_subscribe_for_client: true}
                """.formatted(RelayProcess.API_KEY, name, SECRET, redis.address()));
    }

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        one = relay("one");
        two = relay("two");
        awaitNodes(one, "one", "two");
        awaitNodes(two, "one", "two");
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        redis.close();
    }

    private static WireClient client(RelayProcess relay, String user) throws IOException {
        WireClient client = new WireClient(relay.port(), Encoding.JSON);
        client.ok(Request.Connect.withToken(
                ISSUER.connection(user).expiresIn(Duration.ofHours(1)).sign()));
        return client;
    }

    private static JsonNode result(RelayProcess relay, String method, String body) {
        try {
            return JSON.readTree(relay.api(method, body)).get("result");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitNodes(RelayProcess relay, String... names) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(StreamSupport.stream(
                                        result(relay, "info", "{}").get("nodes").spliterator(), false)
                                .map(node -> node.get("name").textValue()))
                        .containsExactlyInAnyOrder(names));
    }

    @Test
    void aUserIsDisconnectedWhereverItIs() throws Exception {
        try (WireClient here = client(one, "ann");
                WireClient there = client(two, "ann");
                WireClient other = client(two, "ben")) {
            result(one, "disconnect", "{\"user\": \"ann\", \"disconnect\": {\"code\": 4000, \"reason\": \"bye\"}}");
            assertThat(here.awaitClose()).isEqualTo(new WireClient.Closed(4000, "bye"));
            assertThat(there.awaitClose()).isEqualTo(new WireClient.Closed(4000, "bye"));
            assertThat(((Result.Subscribe) other.ok(Request.Subscribe.to("news"))).recovered())
                    .isFalse();
        }
    }

    @Test
    void aUserIsSubscribedAndUnsubscribedWhereverItIs() throws Exception {
        try (WireClient there = client(two, "cay")) {
            result(
                    one,
                    "subscribe",
                    "{\"user\": \"cay\", \"channel\": \"given\", \"data\": {\"hello\": 1}, \"info\": {\"seat\": 7}}");
            Push.Subscribe subscribed = (Push.Subscribe) there.push().orElseThrow();
            assertThat(subscribed.channel()).isEqualTo("given");
            assertThat(JSON.readTree(subscribed.data().text())).isEqualTo(JSON.readTree("{\"hello\": 1}"));
            result(one, "publish", "{\"channel\": \"given\", \"data\": {\"n\": 1}}");
            assertThat(there.push().orElseThrow()).isInstanceOf(Push.Pub.class);
            result(one, "unsubscribe", "{\"user\": \"cay\", \"channel\": \"given\"}");
            assertThat(((Push.Unsubscribe) there.push().orElseThrow()).code()).isEqualTo(2000);
        }
    }

    @Test
    void aUserIsRefreshedAndExpiredWhereverItIs() throws Exception {
        try (WireClient there = client(two, "dan")) {
            long later = Clock.systemUTC().millis() / 1_000 + 7_200;
            result(one, "refresh", "{\"user\": \"dan\", \"expire_at\": " + later + "}");
            Push.Refresh refreshed = (Push.Refresh) there.push().orElseThrow();
            assertThat(refreshed.ttl()).isBetween(7_000, 7_200);
            result(one, "refresh", "{\"user\": \"dan\", \"expired\": true}");
            assertThat(there.awaitClose().code()).isEqualTo(3005);
        }
    }

    @Test
    void channelsAreThoseOfAllNodesWithTheSumOfTheirSubscribers() throws Exception {
        try (WireClient here = client(one, "eve");
                WireClient there = client(two, "eve");
                WireClient too = client(two, "fay")) {
            for (WireClient each : new WireClient[] {here, there, too}) {
                each.subscribe(Request.Subscribe.to("sum:all"));
            }
            too.subscribe(Request.Subscribe.to("sum:two"));
            for (RelayProcess relay : new RelayProcess[] {one, two}) {
                assertThat(result(relay, "channels", "{\"pattern\": \"sum:*\"}"))
                        .isEqualTo(
                                JSON.readTree(
                                        "{\"channels\": {\"sum:all\": {\"num_clients\": 3}, \"sum:two\": {\"num_clients\": 1}}}"));
            }
        }
    }

    @Test
    void aNodeThatIsKilledIsForgottenWithItsPresence() throws Exception {
        RelayProcess three = relay("three");
        try {
            awaitNodes(one, "one", "two", "three");
            try (WireClient guest = client(three, "gil");
                    WireClient host = client(one, "hal")) {
                guest.subscribe(Request.Subscribe.to("room:1"));
                host.subscribe(Request.Subscribe.to("room:1"));
                awaitGuests(2);

                three.kill();

                awaitNodes(two, "one", "two");
                awaitGuests(1);
                assertThat(result(two, "presence", "{\"channel\": \"room:1\"}").toString())
                        .contains("hal")
                        .doesNotContain("gil");
            }
        } finally {
            three.close();
        }
    }

    private static void awaitGuests(int count) {
        await().atMost(LONG)
                .until(() -> result(two, "presence_stats", "{\"channel\": \"room:1\"}")
                                .get("num_clients")
                                .intValue()
                        == count);
    }

    @Test
    void whatCannotReachAllNodesIsAnErrorThatTellsNothingOfTheInside() throws Exception {
        try (RedisServer lonely = RedisServer.start();
                RelayProcess relay = RelayProcess.start("""
                        http_server: {address: 127.0.0.1, port: 0}
                        http_api: {key: %s}
                        node: {name: lonely}
                        broker: {type: redis, redis: {address: ["%s"], timeout: 1s}}
                        """.formatted(RelayProcess.API_KEY, lonely.address()))) {
            awaitNodes(relay, "lonely");
            lonely.kill();
            HttpRequest disconnect = HttpRequest.newBuilder(URI.create(relay.url() + "/api/disconnect"))
                    .header("X-API-Key", RelayProcess.API_KEY)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"user\": \"ann\"}"))
                    .build();
            assertThat(JSON.readTree(HTTP.send(disconnect, HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .toString())
                    .isEqualTo("{\"error\":{\"code\":100,\"message\":\"internal server error\"}}");
            assertThat(relay.log()).contains("API disconnect: other nodes cannot be reached");
        }
    }
}
