package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.server.admin.AdminUnderTest.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What operators do over the API, each answer checked against the description. The last test sees to it that no
/// operation of the description was left out.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdminOperationsTest {

    @TempDir
    private static Path directory;

    private AdminUnderTest api;

    @BeforeAll
    void start() {
        api = new AdminUnderTest(directory, """
            channel:
              namespaces:
                - name: chat
                  presence: true
                  history_size: 10
                  history_ttl: 1m
                  allow_subscribe_for_client: true
                  allow_subscribe_for_anonymous: true
            """);
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode newestLine() {
        return ok(api.get(Role.OPERATOR, "/v1/audit?limit=1")).path("entries").path(0);
    }

    @Test
    @Order(1)
    void whoAmI() {
        assertThat(ok(api.get(Role.VIEWER, "/v1/whoami")).path("role").asText()).isEqualTo("viewer");
        assertThat(ok(api.get(Role.VIEWER, "/v1/nodes")).path("nodes")).hasSize(1);
    }

    @Test
    @Order(1)
    void aNodeTellsWhatWentThroughIt() throws InterruptedException {
        JsonNode before = ok(api.get(Role.VIEWER, "/v1/nodes")).at("/nodes/0/traffic");
        try (ClientUnderTest client = new ClientUnderTest(api.relay().port())) {
            client.ask("{\"id\":2,\"subscribe\":{\"channel\":\"counted\"}}");
            client.ask("{\"id\":3,\"publish\":{\"channel\":\"counted\",\"data\":{}}}");
            client.ask("{\"id\":4,\"subscribe\":{\"channel\":\"nowhere:1\"}}");
            await().untilAsserted(() -> {
                JsonNode now = ok(api.get(Role.VIEWER, "/v1/nodes")).at("/nodes/0/traffic");
                for (String one : new String[] {"published", "delivered", "errors"}) {
                    assertThat(now.path(one).asLong() - before.path(one).asLong())
                            .as(one)
                            .isEqualTo(1);
                }
                assertThat(now.path("bytes_in").asLong())
                        .isGreaterThan(before.path("bytes_in").asLong() + 100);
                assertThat(now.path("bytes_out").asLong())
                        .isGreaterThan(before.path("bytes_out").asLong() + 100);
                assertThat(now.path("delay_p50_ms").asDouble()).isPositive();
                assertThat(now.path("delay_p99_ms").asDouble())
                        .isGreaterThanOrEqualTo(now.path("delay_p50_ms").asDouble());
            });
        }
    }

    @Test
    @Order(2)
    void connectionsAreSeenGroupedAndEnded() throws InterruptedException {
        try (ClientUnderTest client = new ClientUnderTest(api.relay().port())) {
            client.ask("{\"id\":2,\"subscribe\":{\"channel\":\"chat:1\"}}");
            String query = encoded("client = \"by-hand\" and version >= 1.2 order by connected desc");
            JsonNode list = ok(api.get(Role.VIEWER, "/v1/connections?q=" + query));
            assertThat(list.path("connections")).hasSize(1);
            assertThat(list.at("/connections/0/id").asText()).isEqualTo(client.id());
            assertThat(list.at("/connections/0/ip").asText()).isEqualTo("127.0.0.1");
            JsonNode groups = ok(api.get(Role.VIEWER, "/v1/connections/groups?by=channel"));
            assertThat(groups.at("/groups/0/key").asText()).isEqualTo("chat:1");
            JsonNode one = ok(api.get(Role.VIEWER, "/v1/connections/" + client.id()));
            assertThat(one.at("/subscriptions/0/channel").asText()).isEqualTo("chat:1");
            assertThat(one.path("events").findValuesAsText("kind")).contains("handshake", "connect", "subscribe");

            String wish =
                    "{\"query\":\"client = \\\"by-hand\\\"\",\"cap\":5,\"reconnect\":false,\"close_reason\":\"bye\"}";
            JsonNode dry = ok(api.post(Role.OPERATOR, "/v1/disconnects?dry_run=true", wish));
            assertThat(dry.at("/preview/selected").asInt()).isEqualTo(1);
            assertThat(client.isOpen()).isTrue();
            JsonNode begun = ok(api.post(Role.OPERATOR, "/v1/disconnects?reason=test", wish));
            String operation = begun.at("/operation/operation").asText();
            assertThat(client.awaitEnd().reason()).isEqualTo("bye");
            await().until(() -> ok(api.get(Role.VIEWER, "/v1/disconnects/" + operation))
                    .path("state")
                    .asText()
                    .equals("done"));
            assertThat(ok(api.get(Role.VIEWER, "/v1/disconnects")).path("operations"))
                    .hasSize(1);
            JsonNode line = newestLine();
            assertThat(line.path("action").asText()).isEqualTo("connection.disconnect");
            assertThat(line.path("reason").asText()).isEqualTo("test");
            ok(api.delete(Role.OPERATOR, "/v1/disconnects/" + operation));
            assertThat(ok(api.get(Role.VIEWER, "/v1/connections/" + client.id()))
                            .has("closed_at"))
                    .isTrue();
        }
    }

    @Test
    @Order(3)
    void aQueryThatCannotBeReadSaysWhere() {
        Answer answer = api.get(Role.VIEWER, "/v1/connections?q=" + encoded("queu > 64KiB"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asText())
                .contains("queue")
                .contains("character 1");
        assertThat(api.post(Role.OPERATOR, "/v1/disconnects", "{\"query\":\"\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.get(Role.VIEWER, "/v1/connections/no-such-client").status())
                .isEqualTo(404);
    }

    @Test
    @Order(4)
    void channelsAreSeenAndGetATestMessage() throws InterruptedException {
        try (ClientUnderTest client = new ClientUnderTest(api.relay().port())) {
            client.ask("{\"id\":2,\"subscribe\":{\"channel\":\"chat:2\"}}");
            String message = "{\"channel\":\"chat:2\",\"data\":{\"secret\":\"word\"}}";
            assertThat(ok(api.post(Role.OPERATOR, "/v1/channel/publish?dry_run=true", message))
                            .path("dry_run")
                            .asBoolean())
                    .isTrue();
            JsonNode published = ok(api.post(Role.OPERATOR, "/v1/channel/publish", message));
            assertThat(published.path("offset").asLong()).isEqualTo(1);
            assertThat(client.next().at("/push/pub/data/secret").asText()).isEqualTo("word");
            assertThat(newestLine().toString()).contains("chat:2").doesNotContain("word");
            assertThat(ok(api.get(Role.VIEWER, "/v1/channels?pattern=chat:*&order=name"))
                            .at("/channels/0/channel")
                            .asText())
                    .isEqualTo("chat:2");
            JsonNode channel = ok(api.get(Role.VIEWER, "/v1/channel?channel=chat:2"));
            assertThat(channel.at("/history/depth").asLong()).isEqualTo(1);
            assertThat(channel.at("/presence/clients").asInt()).isEqualTo(1);
            assertThat(channel.at("/subscribers/connections/0/id").asText()).isEqualTo(client.id());
        }
    }

    @Test
    @Order(5)
    void anAddressIsBannedAndLetInAgain() {
        String wish = "{\"cidr\":\"203.0.113.0/24\",\"kind\":\"ban\"}";
        JsonNode dry = ok(api.put(Role.OPERATOR, "/v1/ip-rules?dry_run=true", wish));
        assertThat(dry.path("dry_run").asBoolean()).isTrue();
        assertThat(ok(api.get(Role.VIEWER, "/v1/ip-rules")).path("rules")).isEmpty();
        ok(api.put(Role.OPERATOR, "/v1/ip-rules?reason=flood", wish));
        JsonNode rule = ok(api.get(Role.VIEWER, "/v1/ip-rules")).path("rules").path(0);
        assertThat(rule.path("cidr").asText()).isEqualTo("203.0.113.0/24");
        assertThat(rule.path("author").asText()).isEqualTo("operator-1");
        assertThat(rule.path("reason").asText()).isEqualTo("flood");
        assertThat(ok(api.get(Role.VIEWER, "/v1/ip-rules/check?ip=203.0.113.9"))
                        .at("/rule/kind")
                        .asText())
                .isEqualTo("ban");
        assertThat(ok(api.get(Role.VIEWER, "/v1/ip-rules/export")).path("text").asText())
                .startsWith("203.0.113.0/24 ban - flood");
        ok(api.delete(Role.OPERATOR, "/v1/ip-rules?cidr=203.0.113.0/24"));
        assertThat(ok(api.get(Role.VIEWER, "/v1/ip-rules/check?ip=203.0.113.9")).has("rule"))
                .isFalse();
        JsonNode line = newestLine();
        assertThat(line.path("action").asText()).isEqualTo("ip_rule.delete");
        assertThat(line.at("/before/reason").asText()).isEqualTo("flood");
    }

    @Test
    @Order(6)
    void manyAddressesAreImportedOrNone() {
        JsonNode imported = ok(api.post(
                Role.OPERATOR, "/v1/ip-rules/import", "{\"text\":\"198.51.100.1\\n2001:db8::/32 deny - bots\\n\"}"));
        assertThat(imported.path("rules").asInt()).isEqualTo(2);
        Answer wrong = api.post(Role.OPERATOR, "/v1/ip-rules/import", "{\"text\":\"198.51.100.2\\nnonsense\\n\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().at("/error/message").asText()).contains("line 2");
        assertThat(ok(api.get(Role.VIEWER, "/v1/ip-rules")).path("rules")).hasSize(2);
    }

    @Test
    @Order(7)
    void theOwnAddressIsNotLockedOutByMistake() {
        String wish = "{\"cidr\":\"127.0.0.0/8\",\"kind\":\"deny\"}";
        Answer refused = api.put(Role.OPERATOR, "/v1/ip-rules", wish);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().at("/error/message").asText()).contains("your own address 127.0.0.1");
        assertThat(newestLine().path("outcome").asText()).startsWith("refused: your own address");
        ok(api.put(Role.OPERATOR, "/v1/ip-rules?force=true", wish));
        ok(api.delete(Role.OPERATOR, "/v1/ip-rules?cidr=127.0.0.0/8"));
    }

    @Test
    @Order(8)
    void usersAreBannedAndTokensRevoked() {
        ok(api.put(Role.OPERATOR, "/v1/user-bans", "{\"user\":\"42\"}"));
        assertThat(ok(api.get(Role.VIEWER, "/v1/user-bans")).at("/bans/0/user").asText())
                .isEqualTo("42");
        ok(api.delete(Role.OPERATOR, "/v1/user-bans?user=42"));
        JsonNode revoked = ok(api.put(Role.OPERATOR, "/v1/revocations", "{\"jti\":\"t-1\"}"));
        ok(api.put(Role.OPERATOR, "/v1/revocations", "{\"user\":\"42\"}"));
        assertThat(ok(api.get(Role.VIEWER, "/v1/revocations")).path("revocations"))
                .hasSize(2);
        ok(api.delete(
                Role.OPERATOR,
                "/v1/revocations?id=" + encoded(revoked.path("id").asText())));
        assertThat(api.put(Role.OPERATOR, "/v1/revocations", "{\"jti\":\"a\",\"user\":\"b\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Order(9)
    void aLimitIsTriedPutInForceAndDeleted() {
        String wish = "{\"operation\":\"publish\",\"scope\":\"user\",\"rate\":20,\"mode\":\"dry_run\"}";
        ok(api.put(Role.OPERATOR, "/v1/limits/publishes?dry_run=true", wish));
        ok(api.put(Role.OPERATOR, "/v1/limits/publishes", wish));
        Set<String> names = new HashSet<>(
                ok(api.get(Role.VIEWER, "/v1/limits")).path("limits").findValuesAsText("name"));
        assertThat(names).contains("publishes");
        ok(api.delete(Role.OPERATOR, "/v1/limits/publishes"));
        Answer wrong = api.put(Role.OPERATOR, "/v1/limits/x", "{\"operation\":\"publish\",\"scope\":\"user\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().at("/error/message").asText()).contains("rate");
    }

    @Test
    @Order(10)
    void aNodeThatIsAloneIsNotDrainedByMistake() {
        String node = ok(api.get(Role.VIEWER, "/v1/nodes")).at("/nodes/0/id").asText();
        assertThat(api.post(Role.OPERATOR, "/v1/drains/" + node, "{\"per_second\":10}")
                        .status())
                .isEqualTo(409);
        ok(api.post(Role.OPERATOR, "/v1/drains/" + node + "?dry_run=true", "{\"per_second\":10,\"force\":true}"));
        ok(api.post(Role.OPERATOR, "/v1/drains/" + node, "{\"per_second\":10,\"force\":true}"));
        assertThat(ok(api.get(Role.VIEWER, "/v1/drains")).path("drains")).hasSize(1);
        for (String word : new String[] {"pause", "resume", "cancel"}) {
            ok(api.call("POST", "/v1/drains/" + node + "/" + word + "?dry_run=true", api.token(Role.OPERATOR), null));
        }
        ok(api.call("POST", "/v1/drains/" + node + "/cancel", api.token(Role.OPERATOR), null));
        ok(api.post(Role.OPERATOR, "/v1/rebalance?dry_run=true", "{\"per_second\":10}"));
    }

    @Test
    @Order(11)
    void theConfigurationIsReadAgain() {
        assertThat(ok(api.get(Role.OPERATOR, "/v1/config")).path("settings")).hasSizeGreaterThan(100);
        JsonNode reloaded = ok(api.call("POST", "/v1/config/reload?dry_run=true", api.token(Role.ADMIN), null));
        assertThat(reloaded.path("changes")).isEmpty();
        ok(api.call("POST", "/v1/config/reload", api.token(Role.ADMIN), null));
        assertThat(newestLine().path("action").asText()).isEqualTo("config.reload");
    }

    @Test
    @Order(12)
    void tokensAreListedMadeAndRevoked() {
        ok(api.post(Role.ADMIN, "/v1/tokens", "{\"name\":\"extra\",\"role\":\"viewer\"}"));
        assertThat(ok(api.get(Role.ADMIN, "/v1/tokens")).path("tokens")).hasSize(4);
        ok(api.delete(Role.ADMIN, "/v1/tokens/extra"));
    }

    @Test
    @Order(13)
    void theStreamIsWatched() throws InterruptedException {
        assertThat(api.get(Role.VIEWER, "/v1/stream?topics=nodes").status()).isEqualTo(400);
        try (Watching nodes = Watching.open(api, Role.VIEWER, "topics=nodes")) {
            nodes.await("nodes");
        }
    }

    @Test
    @Order(14)
    void aDeploymentIsToldAndSeen() {
        ok(api.put(Role.OPERATOR, "/v1/deployment", """
                {"id": "d-1", "version": "1.2.0", "previous": "1.1.0", "from": "blue", "to": "green",
                 "strategy": "blue_green", "phase": "canary", "canary_percent": 5, "by": "alice@ops1",
                 "started_ms": 1000, "updated_ms": 2000, "note": "", "verdicts": []}
                """));
        assertThat(ok(api.get(Role.VIEWER, "/v1/deployment")).path("phase").asText())
                .isEqualTo("canary");
    }

    @Test
    @Order(99)
    void everyOperationOfTheDescriptionWasSeenToSucceed() {
        Set<String> described = new HashSet<>();
        api.description()
                .document()
                .path("paths")
                .forEach(path -> path.forEach(
                        operation -> described.add(operation.path("operationId").asText())));
        Set<String> left = new HashSet<>(described);
        left.removeAll(api.description().answered());
        assertThat(left).isEmpty();
        assertThat(described).hasSizeGreaterThan(30);
    }
}
