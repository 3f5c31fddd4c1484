package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.bench.AdminClient;
import dev.heliograph.client.HeliographClient;
import dev.heliograph.client.SubscribedEvent;
import dev.heliograph.client.SubscriptionListener;
import dev.heliograph.client.SubscriptionOptions;
import dev.heliograph.protocol.Publication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `make demo` and `make demo DEMO=cluster`, and with them the files of `examples/cluster`: three relays behind
/// an HAProxy.
class DemoClusterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String BAD = "203.0.113.0/24";
    private static final String UP = "Ctrl-C ends everything";

    @Test
    void aClientOfAKilledRelayComesBackOnAnotherOneWithWhatItMissedAndCtrlCEndsEverything() throws Exception {
        try (DemoCluster cluster = DemoCluster.start(DemoCluster.classesUnderTest())) {
            cluster.awaitOutput(UP);
            List<ProcessHandle> parts = cluster.allParts();
            assertThat(parts).hasSize(5).allMatch(ProcessHandle::isAlive);

            EventLog seen = new EventLog();
            try (HeliographClient client = HeliographClient.builder(
                            URI.create("ws://127.0.0.1:" + cluster.port() + "/connection/websocket"))
                    .build()) {
                client.subscription(
                                "chat:test",
                                SubscriptionOptions.DEFAULT.withRecoverable().withListener(new Hearing(seen)))
                        .subscribe();
                client.connect();
                assertThat(seen.next(SubscribedEvent.class).recoverable()).isTrue();
                publish(cluster, 1);
                assertThat(nextOffset(seen)).isEqualTo(1);

                int carrier = carrier(cluster);
                ProcessHandle killed = cluster.part("relay " + carrier);
                assertThat(killed.destroyForcibly()).isTrue();
                await().atMost(LONG).until(() -> !killed.isAlive());
                publish(cluster, 2);
                publish(cluster, 3);

                SubscribedEvent again = seen.next(SubscribedEvent.class);
                assertThat(again.wasRecovering()).isTrue();
                assertThat(again.recovered()).isTrue();
                assertThat(nextOffset(seen)).isEqualTo(2);
                assertThat(nextOffset(seen)).isEqualTo(3);
                publish(cluster, 4);
                assertThat(nextOffset(seen)).isEqualTo(4);
                assertThat(carrier(cluster)).isNotEqualTo(carrier);
                cluster.awaitOutput("relay " + carrier + " has ended");
            }

            cluster.interrupt();
            assertThat(cluster.awaitEnd()).as(cluster.output()).isZero();
            assertThat(parts).noneMatch(ProcessHandle::isAlive);
            assertThat(cluster.ports()).allMatch(DemoCluster::isFree);
            assertThat(cluster.folder()).isEmptyDirectory();
        }
    }

    @Test
    void aRelayThatDoesNotComeUpIsNamedWithTheEndOfItsLogAndEverythingElseEnds() throws Exception {
        String relay = """
            if [ "$1" != relay ]; then exit; fi
            echo "the reason of $HELIOGRAPH_NODE_NAME" >&2
            exit 3
            """;
        try (DemoCluster cluster = DemoCluster.start(relay)) {
            assertThat(cluster.awaitEnd()).isEqualTo(1);
            assertThat(cluster.output()).contains("relay 1 did not come up", "the reason of relay-1");
            assertThat(cluster.ports()).allMatch(DemoCluster::isFree);
            assertThat(cluster.folder()).isEmptyDirectory();
        }
    }

    @Test
    void theNetworkThatMisbehavesIsFoundAndBannedWhileUsersStay() throws Exception {
        String console = "#!/bin/sh\necho \"$@\" >\"$TMPDIR/console\"\nexec sleep 600\n";
        Path program = Files.writeString(
                Files.createTempFile(
                        Files.createDirectories(Path.of("target", "relays")).toAbsolutePath(), "console", ".sh"),
                console);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Map<String, String> display = Map.of("DISPLAY", ":77", "CONSOLE", program.toString());
        try (DemoCluster cluster = DemoCluster.start(DemoCluster.classesUnderTest(), List.of(), display)) {
            cluster.awaitOutput(UP);
            List<ProcessHandle> parts = cluster.allParts();
            assertThat(parts).hasSize(7).allMatch(ProcessHandle::isAlive);
            await().atMost(LONG)
                    .until(() -> Files.exists(cluster.folder().resolve("console"))
                            && Files.readString(cluster.folder().resolve("console"))
                                    .contains("--url http://127.0.0.1:" + cluster.adminPort(3) + " "));

            AdminClient admin = new AdminClient(cluster.adminPort(1), cluster.token());
            await().atMost(LONG).until(() -> {
                JsonNode largest = admin.get("/v1/connections/groups?by=ip/24").at("/groups/0");
                return largest.path("key").asText().equals(BAD)
                        && largest.path("connections").asInt() == 48;
            });
            await().atMost(LONG).until(() -> users(admin) > 200);

            admin.put("/v1/ip-rules?reason=spam", "{\"cidr\":\"" + BAD + "\",\"kind\":\"ban\"}");
            await().atMost(LONG)
                    .until(() -> admin.get("/v1/connections?q=ip+in+203.0.113.0%2F24")
                                    .path("connections")
                                    .isEmpty()
                            && rejected(admin) > 20);
            assertThat(users(admin)).isGreaterThan(200);

            cluster.interrupt();
            assertThat(cluster.awaitEnd()).as(cluster.output()).isZero();
            assertThat(parts).noneMatch(ProcessHandle::isAlive);
        }
    }

    private static long users(AdminClient admin) {
        return sum(admin, "/users");
    }

    private static long rejected(AdminClient admin) {
        return sum(admin, "/traffic/rejected");
    }

    private static long sum(AdminClient admin, String figure) {
        long sum = 0;
        for (JsonNode node : admin.get("/v1/nodes").path("nodes")) {
            sum += node.at(figure).asLong();
        }
        return sum;
    }

    private static long nextOffset(EventLog seen) throws InterruptedException {
        return seen.next(Publication.class).offset();
    }

    private static void publish(DemoCluster cluster, int expectedOffset) throws IOException, InterruptedException {
        JsonNode result =
                api(cluster.port(), "publish", "{\"channel\": \"chat:test\", \"data\": {\"text\": \"hello\"}}");
        assertThat(result.get("offset").asLong()).isEqualTo(expectedOffset);
    }

    /// The number of the relay that has a client, asked from each about itself.
    private static int carrier(DemoCluster cluster) throws IOException, InterruptedException {
        for (int relay : IntStream.rangeClosed(1, 3).toArray()) {
            if (!DemoCluster.isFree(cluster.relayPort(relay))) {
                for (JsonNode node : api(cluster.relayPort(relay), "info", "{}").get("nodes")) {
                    if (node.get("name").asText().equals("relay-" + relay)
                            && node.get("num_clients").asInt() == 1) {
                        return relay;
                    }
                }
            }
        }
        throw new AssertionError("no relay has the client");
    }

    /// Over a connection of its own: HAProxy can only move a request that opens one away from a relay that died.
    private static JsonNode api(int port, String method, String json) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/" + method))
                    .header("X-API-Key", "demo")
                    .POST(HttpRequest.BodyPublishers.ofString(json))
                    .build();
            String answer = http.send(request, BodyHandlers.ofString()).body();
            JsonNode result = JSON.readTree(answer).get("result");
            assertThat(result).as(answer).isNotNull();
            return result;
        }
    }

    private record Hearing(EventLog seen) implements SubscriptionListener {

        @Override
        public void onSubscribed(String channel, SubscribedEvent event) {
            seen.add(event);
        }

        @Override
        public void onPublication(String channel, Publication publication) {
            seen.add(publication);
        }
    }
}
