package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveStreamTest {

    @TempDir
    private static Path directory;

    private AdminUnderTest api;

    /// What a stream says.
    private static final class Watching implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    messages.add(AdminUnderTest.JSON.readTree(text.toString()));
                } catch (IOException e) {
                    closed.completeExceptionally(e);
                }
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }

        JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
            while (true) {
                JsonNode message = messages.poll(20, TimeUnit.SECONDS);
                assertThat(message).as("nothing came").isNotNull();
                if (wanted.test(message)) {
                    return message;
                }
            }
        }
    }

    @BeforeAll
    void start() {
        api = new AdminUnderTest(directory, "");
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private WebSocket watch(String token, String topics, Watching watching) {
        URI uri = URI.create(api.uri("/v1/stream?topics=" + topics).toString().replace("http:", "ws:"));
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(uri, watching)
                .join();
    }

    @Test
    void theNodesComeEachSecond() throws InterruptedException {
        Watching watching = new Watching();
        WebSocket socket = watch(api.token(Role.VIEWER), "nodes", watching);
        assertThat(watching.await(_ -> true).path("type").asText()).isEqualTo("hello");
        for (int i = 0; i < 2; i++) {
            JsonNode nodes =
                    watching.await(message -> message.path("type").asText().equals("nodes"));
            assertThat(nodes.path("nodes")).hasSize(1);
            assertThat(nodes.at("/nodes/0/self").asBoolean()).isTrue();
        }
        socket.abort();
    }

    @Test
    void newLinesOfTheAuditRecordCome() throws InterruptedException {
        Watching watching = new Watching();
        WebSocket socket = watch(api.token(Role.OPERATOR), "nodes,audit", watching);
        // When the nodes are there, the first look at the record was taken.
        watching.await(message -> message.path("type").asText().equals("nodes"));
        watching.await(message -> message.path("type").asText().equals("nodes"));
        api.post(Role.ADMIN, "/v1/tokens", "{\"name\":\"watched\",\"role\":\"viewer\"}");
        JsonNode line = watching.await(message -> message.path("type").asText().equals("audit"));
        assertThat(line.at("/entry/action").asText()).isEqualTo("token.create");
        assertThat(line.at("/entry/target").asText()).isEqualTo("watched");
        socket.abort();
    }

    @Test
    void whatMayNotBeSeenIsRefusedBeforeTheHandshake() {
        assertThat(refusal(api.token(Role.VIEWER), "audit")).isEqualTo(403);
        assertThat(refusal(api.token(Role.VIEWER), "weather")).isEqualTo(400);
        assertThat(refusal("no-token", "nodes")).isEqualTo(401);
    }

    private int refusal(String token, String topics) {
        try {
            watch(token, topics, new Watching()).abort();
            return 101;
        } catch (CompletionException e) {
            return e.getCause() instanceof WebSocketHandshakeException refused
                    ? refused.getResponse().statusCode()
                    : -1;
        }
    }

    @Test
    void whoTalksIsCutOff() {
        Watching watching = new Watching();
        WebSocket socket = watch(api.token(Role.VIEWER), "nodes", watching);
        socket.sendText("{\"hello\":1}", true).join();
        assertThat(watching.closed.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(1008);
    }

    @Test
    void theEndOfTheNodeIsTold() {
        try (AdminUnderTest other = new AdminUnderTest(directory.resolve("other"), "")) {
            Watching watching = new Watching();
            URI uri = URI.create(other.uri("/v1/stream?topics=nodes").toString().replace("http:", "ws:"));
            HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + other.token(Role.VIEWER))
                    .buildAsync(uri, watching)
                    .join();
            other.close();
            assertThat(watching.closed.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(1001);
        }
    }
}
