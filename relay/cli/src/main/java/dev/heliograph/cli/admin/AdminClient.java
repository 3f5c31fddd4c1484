package dev.heliograph.cli.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.cli.Causes;
import dev.heliograph.cli.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Calls the admin API of a relay.
///
/// @param ca PEM of an authority that is trusted instead of those that Java knows
record AdminClient(URI url, String token, Optional<Path> ca) {

    static final JsonMapper JSON = new JsonMapper();

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    /// A request in the making.
    static final class Call {
        private final Map<String, String> query = new LinkedHashMap<>();
        private final String method;
        private final String path;
        private @Nullable Object body;

        private Call(String method, String path) {
            this.method = method;
            this.path = path;
        }

        /// Adds a parameter, unless it is empty.
        Call with(String name, Object value) {
            String text = String.valueOf(value);
            if (!text.isEmpty()) {
                query.put(name, text);
            }
            return this;
        }

        Call with(String name, Optional<?> value) {
            value.ifPresent(present -> with(name, present));
            return this;
        }

        Call flag(String name, boolean value) {
            return value ? with(name, "true") : this;
        }

        /// @param body written as JSON
        Call body(Object body) {
            this.body = body;
            return this;
        }

        private String target() {
            return query.isEmpty()
                    ? path
                    : query.entrySet().stream()
                            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                            .collect(Collectors.joining("&", path + "?", ""));
        }
    }

    static Call call(String method, String path) {
        return new Call(method, path);
    }

    static Call get(String path) {
        return new Call("GET", path);
    }

    static Call post(String path) {
        return new Call("POST", path);
    }

    static Call put(String path) {
        return new Call("PUT", path);
    }

    static Call delete(String path) {
        return new Call("DELETE", path);
    }

    /// A segment of a path.
    static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /// @return the answer
    /// @throws Failure if it is refused or fails
    JsonNode send(Call call) throws InterruptedException {
        return answer(exchange(call));
    }

    /// @return the answer; empty if there is no such thing
    /// @throws Failure if it is refused or fails
    Optional<JsonNode> find(Call call) throws InterruptedException {
        HttpResponse<String> response = exchange(call);
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(answer(response));
    }

    private HttpResponse<String> exchange(Call call) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(call.target()))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(call.method, publisher(call.body))
                .build();
        try (HttpClient http = http()) {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Failure(url + ": " + Causes.reason(e), e);
        } catch (IllegalArgumentException e) {
            // A token with a line feed, for example; the message would quote it.
            throw new Failure("the token is none: it has characters that a header cannot have", e);
        }
    }

    /// Reads a stream until it ends, or `end` is completed.
    ///
    /// @param messages takes one after the other; one that throws ends it
    /// @throws Failure if it is refused, or breaks off
    void watch(Call call, Consumer<JsonNode> messages, CompletableFuture<Void> end) throws InterruptedException {
        URI stream = URI.create(url.resolve(call.target()).toString().replaceFirst("^http", "ws"));
        HttpClient http = http();
        try {
            WebSocket socket = http.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .connectTimeout(TIMEOUT)
                    .buildAsync(stream, new StreamReader(url, messages, end))
                    .get();
            try {
                end.get();
            } finally {
                goodbye(socket);
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof Failure failure) {
                throw failure;
            }
            if (cause instanceof WebSocketHandshakeException refused
                    && refused.getResponse().body() instanceof String body) {
                throw refusal(refused.getResponse().statusCode(), body);
            }
            throw new Failure(url + ": " + Causes.reason(cause), cause);
        } catch (IllegalArgumentException e) {
            throw new Failure("the token is none: it has characters that a header cannot have", e);
        } finally {
            http.shutdownNow();
        }
    }

    /// Says that it ends, as far as that is possible at once.
    private static void goodbye(WebSocket socket) {
        try {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException _) {
            // It has gone already.
        } finally {
            socket.abort();
        }
    }

    private static BodyPublisher publisher(@Nullable Object body) {
        return body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(JSON.valueToTree(body).toString());
    }

    private HttpClient http() {
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        ca.ifPresent(file -> http.sslContext(trusting(file)));
        return http.build();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new Failure(file + ": is not PEM with certificates: " + e.getMessage(), e);
        }
    }

    private JsonNode answer(HttpResponse<String> response) {
        if (response.statusCode() == 200) {
            return parse(response.body());
        }
        throw refusal(response.statusCode(), response.body());
    }

    private Failure refusal(int status, String body) {
        String message = parse(body).at("/error/message").asText();
        return new Failure(
                switch (status) {
                    case 401 -> url + ": " + (message.isEmpty() ? "the token is not accepted" : message);
                    default -> message.isEmpty() ? url + ": HTTP status " + status : "refused: " + message;
                });
    }

    private JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Failure(url + ": what answers there is not the admin API of a relay", e);
        }
    }
}
