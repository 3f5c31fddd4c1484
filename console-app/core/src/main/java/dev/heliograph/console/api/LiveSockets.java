package dev.heliograph.console.api;

import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.text.Messages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// The streams that are open at one address. Threadsafe.
final class LiveSockets {

    /// The relay answers a ping at once; twice as long without a sign of life and the stream is dead.
    private static final Duration PING = Duration.ofSeconds(5);

    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Set<LiveSocket> open = ConcurrentHashMap.newKeySet();

    /// What is to be seen, where.
    record Wish(URI address, StreamWish what, String token) {

        URI uri() {
            TreeMap<String, String> query = new TreeMap<>(what.parameters());
            query.put(
                    "topics",
                    what.topics().stream()
                            .map(topic -> topic.name().toLowerCase(java.util.Locale.ROOT))
                            .sorted()
                            .collect(Collectors.joining(",")));
            return URI.create(address.toString().replaceFirst("^http", "ws") + Call.target("/v1/stream", query));
        }
    }

    /// See [Endpoint#stream].
    void run(HttpClient http, Wish wish, LiveFeed.Listener listener) {
        LiveSocket socket = new LiveSocket(wish.address(), listener);
        open.add(socket);
        try {
            WebSocket web = connect(http, wish, socket);
            try {
                await(web, socket);
            } finally {
                goodbye(web);
            }
        } finally {
            open.remove(socket);
        }
    }

    void abort() {
        open.forEach(LiveSocket::abort);
    }

    private static WebSocket connect(HttpClient http, Wish wish, LiveSocket socket) {
        CompletableFuture<WebSocket> pending;
        try {
            pending = http.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + wish.token())
                    .connectTimeout(HANDSHAKE)
                    .buildAsync(wish.uri(), socket);
        } catch (IllegalArgumentException _) {
            throw new AdminException(Kind.UNAUTHENTICATED, Messages.text("link.token.malformed"));
        }
        try {
            return pending.get();
        } catch (InterruptedException _) {
            // It may be there in a moment all the same.
            var _ = pending.thenAccept(WebSocket::abort);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            throw refused(wish.address(), e.getCause() == null ? e : e.getCause());
        }
    }

    private static AdminException refused(URI address, Throwable cause) {
        if (cause instanceof WebSocketHandshakeException handshake) {
            HttpResponse<?> response = handshake.getResponse();
            byte[] body =
                    response != null && response.body() instanceof String text ? Refusals.bytes(text) : new byte[0];
            return Refusals.of(address, response == null ? 0 : response.statusCode(), body);
        }
        return new AdminException(
                Kind.UNREACHABLE, Messages.text("link.unreachable", address, Reasons.of(cause)), cause);
    }

    /// Waits for the end, and looks now and then whether the other side is still there.
    private static void await(WebSocket web, LiveSocket socket) {
        while (true) {
            try {
                socket.end().get(PING.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException _) {
                if (!socket.alive()) {
                    throw new AdminException(Kind.UNREACHABLE, Messages.text("link.stream.silent"));
                }
                var _ = web.sendPing(ByteBuffer.allocate(0));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            } catch (ExecutionException e) {
                throw e.getCause() instanceof AdminException known
                        ? known
                        : new AdminException(Kind.UNREACHABLE, Reasons.of(e), e);
            }
        }
    }

    /// Says that it ends, as far as that is possible at once.
    private static void goodbye(WebSocket web) {
        if (web.isOutputClosed()) {
            web.abort();
            return;
        }
        var _ = web.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> web.abort());
    }
}
