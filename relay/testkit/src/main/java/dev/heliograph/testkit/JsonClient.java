package dev.heliograph.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// A client of a relay that speaks the JSON protocol on the WebSocket of the JDK and answers pings. It does not
/// reconnect:
/// its end is there to be seen. Threadsafe.
///
/// ```java
/// try (JsonClient client = JsonClient.to(relay.port()).from("127.66.6.1").token(token).connect()) {
///     client.subscribe("chat:lobby");
///     client.publish("chat:lobby", "{\"text\":\"hello\"}");
///     client.publication(Duration.ofSeconds(10));
/// }
/// ```
public final class JsonClient implements AutoCloseable {

    /// The end of a connection as this side saw it; 1006 without a close frame.
    public record Closed(int code, String reason) {}

    /// The relay answered a command with an error.
    public static final class ErrorReply extends IllegalStateException {

        private static final long serialVersionUID = 1;

        private final int code;

        ErrorReply(int code, String message) {
            super(code + " " + message);
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// By source address: a client of the JDK has one for all of its sockets.
    private static final Map<String, HttpClient> SOURCES = new ConcurrentHashMap<>();

    private final Map<Long, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> publications = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean reading = true;
    private final WebSocket socket;
    private final String id;

    private JsonClient(Builder builder) {
        WebSocket.Builder opening = SOURCES.computeIfAbsent(builder.source, JsonClient::source)
                .newWebSocketBuilder()
                .connectTimeout(PATIENCE);
        builder.headers.forEach(opening::header);
        try {
            socket = opening.buildAsync(
                            URI.create("ws://127.0.0.1:" + builder.port + "/connection/websocket"), new Incoming())
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the relay refuses the handshake: " + e.getCause(), e);
        }
        ObjectNode connect = JSON.createObjectNode();
        if (!builder.token.isEmpty()) {
            connect.put("token", builder.token);
        }
        connect.put("name", builder.name).put("version", builder.version);
        id = call("connect", connect).path("client").asText();
    }

    /// A client of the relay on this port of 127.0.0.1, anonymous and from 127.0.0.1 if nothing else is said.
    public static Builder to(int port) {
        return new Builder(port);
    }

    private static HttpClient source(String address) {
        return HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral(address))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// Says how to connect.
    public static final class Builder {

        private final int port;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String source = "127.0.0.1";
        private String token = "";
        private String name = "testkit";
        private String version = "1.0";

        private Builder(int port) {
            this.port = port;
        }

        /// The address it comes from: any of 127.0.0.0/8 on Linux.
        public Builder from(String address) {
            source = address;
            return this;
        }

        public Builder token(String jwt) {
            token = jwt;
            return this;
        }

        /// What it calls itself, by default `testkit` and `1.0`.
        public Builder name(String clientName, String clientVersion) {
            name = clientName;
            version = clientVersion;
            return this;
        }

        /// A header of the handshake, as `X-Forwarded-For` or `User-Agent`.
        public Builder header(String header, String value) {
            headers.put(header, value);
            return this;
        }

        /// Shakes hands and connects.
        ///
        /// @throws ErrorReply if the relay does not let it in
        /// @throws IllegalStateException if there is no relay, or it refuses or ends the connection
        public JsonClient connect() {
            return new JsonClient(this);
        }
    }

    /// What the relay calls this connection.
    public String id() {
        return id;
    }

    /// @throws ErrorReply if the relay does not allow it
    public void subscribe(String channel) {
        call("subscribe", JSON.createObjectNode().put("channel", channel));
    }

    /// @throws ErrorReply if the relay does not allow it
    public void unsubscribe(String channel) {
        call("unsubscribe", JSON.createObjectNode().put("channel", channel));
    }

    /// Publishes and waits until it is done.
    ///
    /// @param json the data
    /// @throws ErrorReply if the relay does not allow it
    public void publish(String channel, String json) {
        ObjectNode publish = JSON.createObjectNode().put("channel", channel);
        publish.set("data", read(json));
        call("publish", publish);
    }

    /// Sends a command and waits for its result.
    ///
    /// @param method as in `history`
    /// @throws ErrorReply if the answer is an error
    /// @throws IllegalStateException if the connection ends before
    public JsonNode call(String method, ObjectNode parameters) {
        long number = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(number, answer);
        var _ = closed.thenAccept(end -> answer.completeExceptionally(new IllegalStateException(method + ": " + end)));
        ObjectNode command = JSON.createObjectNode().put("id", number);
        command.set(method, parameters);
        send(command);
        JsonNode reply = await(answer);
        JsonNode error = reply.path("error");
        if (!error.isMissingNode()) {
            throw new ErrorReply(
                    error.path("code").asInt(), error.path("message").asText());
        }
        return reply.path(method);
    }

    /// The next publication in any of its channels, as `{"channel":…,"pub":{"data":…}}`; nothing if none comes
    /// in time.
    public Optional<JsonNode> publication(Duration patience) {
        try {
            return Optional.ofNullable(publications.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Reads nothing more, as a stalled client does: what the relay sends waits there once the buffers of the
    /// system are full.
    public void stopReading() {
        reading = false;
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /// Waits for the end of the connection.
    public Closed awaitClosed() {
        return await(closed);
    }

    /// Drops the TCP connection without a close frame.
    public void drop() {
        socket.abort();
        closed.complete(new Closed(1006, ""));
    }

    /// Ends it as a client does that has nothing more to do; returns at once.
    @Override
    public void close() {
        if (!closed.isDone()) {
            var _ = socket.sendClose(1000, "").whenComplete((_, _) -> socket.abort());
            closed.complete(new Closed(1000, ""));
        }
    }

    private void send(JsonNode command) {
        // The socket takes one message at a time.
        synchronized (calls) {
            try {
                await(socket.sendText(command.toString(), true));
            } catch (IllegalStateException e) {
                closed.complete(new Closed(1006, String.valueOf(e.getMessage())));
            }
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("nothing within " + PATIENCE, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void received(String line) {
        JsonNode reply = read(line);
        if (reply.isEmpty()) {
            Thread.startVirtualThread(() -> send(JSON.createObjectNode()));
        } else if (reply.has("id")) {
            CompletableFuture<JsonNode> call = calls.remove(reply.path("id").asLong());
            if (call != null) {
                call.complete(reply);
            }
        } else if (reply.path("push").has("pub")) {
            publications.add(reply.path("push"));
        }
    }

    /// What the socket hears; called by one thread at a time.
    private final class Incoming implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                text.toString().lines().forEach(JsonClient.this::received);
                text.setLength(0);
            }
            if (reading) {
                from.request(1);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(new Closed(code, reason));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(new Closed(1006, error.toString()));
        }
    }
}
