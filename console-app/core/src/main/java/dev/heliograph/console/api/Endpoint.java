package dev.heliograph.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.text.Messages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// One address of the admin API. Threadsafe.
///
/// Questions share connections. Each change has one of its own: a shared one may be just about to be ended
/// by the node, and then nobody would know whether the change was made.
final class Endpoint implements AutoCloseable {

    /// A node of the same network takes milliseconds; longer than this it is not there.
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /// The largest answer that there is: 100,000 rules of addresses as text. Another server must not fill
    /// the heap.
    private static final long MAX_ANSWER = 64L << 20;

    private final URI address;
    private final Trust trust;
    private final ReentrantLock lock = new ReentrantLock();
    private final LiveSockets sockets = new LiveSockets();

    /// Guarded by `lock`.
    private @Nullable HttpClient shared;

    Endpoint(URI address, Trust trust) {
        this.address = address;
        this.trust = trust;
    }

    URI address() {
        return address;
    }

    /// @throws AdminException         if it is refused or fails; UNREACHABLE if it can be asked elsewhere
    /// @throws CancellationException if this thread is interrupted
    <T> T call(Call<T> call, String token, Duration timeout) {
        if (call.repeatable()) {
            return answer(send(shared(), call, token, timeout), call.answer());
        }
        HttpClient own = client();
        try {
            return answer(send(own, call, token, timeout), call.answer());
        } catch (AdminException e) {
            throw e.kind() == Kind.GARBAGE
                    ? AdminException.uncertain(Kind.GARBAGE, Messages.text("link.garbage.change", e.sentence()), e)
                    : e;
        } finally {
            own.shutdownNow();
        }
    }

    /// Reads a stream, from its handshake to its end; returns when it has ended in order.
    ///
    /// @throws AdminException         when it is refused, breaks off or cannot go on
    /// @throws CancellationException if this thread is interrupted
    void stream(StreamWish wish, String token, LiveFeed.Listener listener) {
        sockets.run(shared(), new LiveSockets.Wish(address, wish, token), listener);
    }

    /// Gives up on what is under way, except for changes: it fails as UNREACHABLE.
    void abandon() {
        HttpClient before;
        lock.lock();
        try {
            before = shared;
            shared = null;
        } finally {
            lock.unlock();
        }
        sockets.abort();
        if (before != null) {
            before.shutdownNow();
        }
    }

    @Override
    public void close() {
        abandon();
    }

    private HttpClient shared() {
        lock.lock();
        try {
            HttpClient there = shared;
            if (there == null) {
                there = client();
                shared = there;
            }
            return there;
        } finally {
            lock.unlock();
        }
    }

    private HttpClient client() {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        if ("https".equals(address.getScheme())) {
            SSLContext context = Certificates.context(trust, address);
            client.sslContext(context);
        }
        return client.build();
    }

    private HttpResponse<byte[]> send(HttpClient http, Call<?> call, String token, Duration timeout) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(address + call.target()))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(call.method(), publisher(call.body()))
                    .build();
        } catch (IllegalArgumentException _) {
            // Its message would quote the token.
            throw new AdminException(Kind.UNAUTHENTICATED, Messages.text("link.token.malformed"));
        }
        CompletableFuture<HttpResponse<byte[]>> pending =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
        try {
            return pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw unreachable(call, Messages.text("link.reason.no-answer", Long.toString(timeout.toSeconds())), e);
        } catch (ExecutionException e) {
            throw unreachable(call, Reasons.of(e), e);
        }
    }

    private AdminException unreachable(Call<?> call, String reason, Exception e) {
        if (call.repeatable() || Reasons.nothingSent(e)) {
            return new AdminException(Kind.UNREACHABLE, Messages.text("link.unreachable", address, reason), e);
        }
        return AdminException.uncertain(Kind.UNREACHABLE, Messages.text("link.lost", address, reason), e);
    }

    private static BodyPublisher publisher(Optional<Object> body) {
        if (body.isEmpty()) {
            return BodyPublishers.noBody();
        }
        try {
            return BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body.get()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + body.get(), e);
        }
    }

    private <T> T answer(HttpResponse<byte[]> response, Class<T> type) {
        if (response.statusCode() != 200) {
            throw Refusals.of(address, response.statusCode(), response.body());
        }
        return Refusals.read(address, response.body(), type);
    }
}
