package dev.heliograph.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Takes alerts from Alertmanager (`POST /alert`) and passes on only that there was one: what is to be done is
/// read from Prometheus, so that an alert which is late, forged or repeated does no harm. `GET /health` answers 200.
final class AlertWebhook implements AutoCloseable {

    /// Alertmanager sends some hundred bytes for each alert of a group.
    static final int MOST_BYTES = 1 << 20;

    /// Alertmanager sends one group after the other; whoever else is here may wait.
    private static final int MOST_AT_ONCE = 16;

    private static final int DRAIN_SECONDS = 0;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final byte[] expected;
    private final Runnable wake;

    private AlertWebhook(HttpServer server, String token, Runnable wake) {
        this.server = server;
        this.expected = digest("Bearer " + token);
        this.wake = wake;
    }

    /// @param token that requests must show
    /// @param wake  must not block
    /// @throws IOException if the address cannot be listened on
    static AlertWebhook start(InetSocketAddress address, String token, Runnable wake) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        AlertWebhook webhook = new AlertWebhook(server, token, wake);
        server.createContext("/", webhook::serve);
        server.setExecutor(webhook.threads);
        server.start();
        return webhook;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                answer(exchange, 503);
                return;
            }
            try {
                answer(exchange, status(exchange));
            } finally {
                places.release();
            }
        }
    }

    /// With a body, for that is written out at once; an answer without one waits until the whole request has come.
    private static void answer(HttpExchange exchange, int status) throws IOException {
        byte[] text = (status + "\n").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
        exchange.getResponseBody().flush();
    }

    private int status(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        return switch (exchange.getRequestURI().getPath()) {
            case "/health" -> method.equals("GET") ? 200 : 405;
            case "/alert" -> method.equals("POST") ? alert(exchange) : 405;
            default -> 404;
        };
    }

    /// The token comes first: who has none is not read any further.
    private int alert(HttpExchange exchange) throws IOException {
        String shown = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        // Of equal length, so that the time of the comparison does not tell even the length of the token.
        if (!MessageDigest.isEqual(digest(shown), expected)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            return 401;
        }
        if (announced(exchange) > MOST_BYTES) {
            return 413;
        }
        byte[] body = read(exchange.getRequestBody());
        if (body.length > MOST_BYTES) {
            return 413;
        }
        try {
            if (!JSON.readTree(body).path("alerts").isArray()) {
                return 400;
            }
        } catch (JsonProcessingException _) {
            return 400;
        }
        wake.run();
        return 202;
    }

    /// A body, or a little more than the most of one. (Not `readNBytes`, which at its end reads nothing once more: this
    /// server then waits for a chunk.)
    private static byte[] read(InputStream body) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8_192];
        while (all.size() <= MOST_BYTES) {
            int number = body.read(part);
            if (number < 0) {
                break;
            }
            all.write(part, 0, number);
        }
        return all.toByteArray();
    }

    private static long announced(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        // The server has refused any other text.
        return length == null ? 0 : Long.parseLong(length);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(DRAIN_SECONDS);
        threads.close();
    }
}
