package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// An operator who watches a stream, each message checked against the description.
final class Watching implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AdminUnderTest api;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    private Watching(AdminUnderTest api, String token, String query) {
        this.api = api;
        this.socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(
                        URI.create(api.uri("/v1/stream?" + query).toString().replace("http:", "ws:")), new Listener())
                .join();
    }

    static Watching open(AdminUnderTest api, Role role, String query) {
        return new Watching(api, api.token(role), query);
    }

    static Watching open(AdminUnderTest api, String token, String query) {
        return new Watching(api, token, query);
    }

    /// The status that the handshake gets.
    static int status(AdminUnderTest api, String token, String query) {
        try (Watching _ = new Watching(api, token, query)) {
            return 101;
        } catch (CompletionException e) {
            return e.getCause() instanceof WebSocketHandshakeException refused
                    ? refused.getResponse().statusCode()
                    : -1;
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    messages.add(AdminUnderTest.JSON.readTree(text.toString()));
                } catch (IOException e) {
                    closed.completeExceptionally(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    /// The next message.
    JsonNode next() throws InterruptedException {
        JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("nothing came").isNotNull();
        api.description().checkMessage(message);
        return message;
    }

    /// The next message of a type; others are passed over.
    JsonNode await(String type) throws InterruptedException {
        return await(message -> message.path("type").asText().equals(type));
    }

    /// The next message that is like that; others are passed over.
    JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
        JsonNode message = next();
        while (!wanted.test(message)) {
            message = next();
        }
        return message;
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    /// The code of the end.
    int awaitEnd() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Goes away without a word.
    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
