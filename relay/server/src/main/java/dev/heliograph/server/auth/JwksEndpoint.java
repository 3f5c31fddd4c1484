package dev.heliograph.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/// The URL of a JSON Web Key Set. Threadsafe.
final class JwksEndpoint implements AutoCloseable {

    /// A key set of a hundred RSA certificates fits well; more is not a key set.
    static final long MAX_BYTES = 512L << 10;

    /// For the whole exchange: less than the 5 s after which an SDK gives up on its connect command.
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private final URI uri;
    private final Duration timeout;
    private final HttpClient client;

    private JwksEndpoint(URI uri, Duration timeout) {
        this.uri = uri;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// @throws IllegalArgumentException if it is not an HTTP URL
    static JwksEndpoint of(String url) {
        return of(url, TIMEOUT);
    }

    static JwksEndpoint of(String url, Duration timeout) {
        URI uri = URI.create(url);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("jwks_public_endpoint: not an HTTP URL");
        }
        return new JwksEndpoint(uri, timeout);
    }

    String fetch() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        // A request's own timeout ends with the headers; waiting for the future bounds the body too.
        CompletableFuture<HttpResponse<String>> exchange =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), MAX_BYTES));
        try {
            HttpResponse<String> response = exchange.get(timeout.toMillis(), MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + timeout, e);
        } finally {
            exchange.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
