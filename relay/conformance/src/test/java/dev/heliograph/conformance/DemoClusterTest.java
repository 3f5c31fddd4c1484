package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `make demo DEMO=cluster`, and with it the files of `examples/cluster`: three relays behind an HAProxy.
class DemoClusterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofSeconds(60);
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
                if [ "$1" = version ]; then exit; fi
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
