package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client of the relay, by hand: JSON over a WebSocket.
final class ClientUnderTest implements AutoCloseable {

    /// How a connection ended.
    record Ending(int code, String reason) {}

    private final BlockingQueue<JsonNode> replies = new LinkedBlockingQueue<>();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final WebSocket socket;
    private final String id;

    /// Connects as a user without an id.
    ClientUnderTest(int port) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/connection/websocket"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            text.toString().lines().forEach(line -> replies.add(json(line)));
                            text.setLength(0);
                        }
                        webSocket.request(1);
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                        ending.complete(new Ending(code, reason));
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public void onError(WebSocket webSocket, Throwable error) {
                        ending.completeExceptionally(error);
                    }
                })
                .join();
        id = ask("{\"id\":1,\"connect\":{\"name\":\"by-hand\",\"version\":\"1.2\"}}")
                .at("/connect/client")
                .asText();
    }

    private static JsonNode json(String text) {
        try {
            return AdminUnderTest.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The id that the relay gave it.
    String id() {
        return id;
    }

    /// Sends a command, and waits for the reply to it.
    JsonNode ask(String command) throws InterruptedException {
        long number = json(command).path("id").asLong();
        socket.sendText(command, true).join();
        while (true) {
            JsonNode reply = next();
            if (reply.path("id").asLong() == number) {
                return reply;
            }
        }
    }

    /// The next message that is none of the replies waited for.
    JsonNode next() throws InterruptedException {
        JsonNode message = replies.poll(20, TimeUnit.SECONDS);
        assertThat(message).as("nothing came").isNotNull();
        return message;
    }

    Ending awaitEnd() {
        return ending.orTimeout(20, TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !ending.isDone();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
