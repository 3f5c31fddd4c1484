package dev.heliograph.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A relay with the operators' API, a token for each role, and a client for it.
final class AdminUnderTest implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();

    /// Secret of the JWTs that it accepts.
    static final String JWT_SECRET = "a secret of the operators' identity provider";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /// From where requests come; one that shows ten wrong tokens has to wait.
    private final AtomicInteger addresses = new AtomicInteger(1);

    private final Map<Role, String> tokens = new HashMap<>();
    private final String yaml;
    private final Relay relay;
    private final Description description;
    private HttpClient http = client("127.0.0.1");

    /// An answer of the API.
    record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    /// @param more lines of the configuration
    AdminUnderTest(Path directory, String more) {
        StringBuilder lines = new StringBuilder();
        for (Role role : Role.values()) {
            String token = TokenHash.newToken();
            tokens.put(role, token);
            lines.append("    - %s-1:%s:sha256:%s%n".formatted(role.text(), role.text(), TokenHash.of(token)));
        }
        this.yaml = """
                http_server:
                  address: 127.0.0.1
                  port: 0
                  handshake_timeout: 2s
                control:
                  directory: %s
                client:
                  insecure: true
                admin:
                  enabled: true
                  port: 0
                  jwt:
                    hmac_secret_key: %s
                  tokens:
                %s
                %s
                """.formatted(directory, JWT_SECRET, lines, more);
        this.relay = Relay.start(RelayConfig.parse(yaml));
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/openapi.json"))
                .header("Authorization", "Bearer " + token(Role.VIEWER))
                .build();
        this.description = new Description(answer(request).body());
    }

    private static HttpClient client(String address) {
        try {
            return HttpClient.newBuilder()
                    .localAddress(InetAddress.getByName(address))
                    .connectTimeout(TIMEOUT)
                    .build();
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Comes from another address from now on.
    void moveOn() {
        http = client("127.0.0." + addresses.incrementAndGet());
    }

    /// The configuration that it was started with.
    String yaml() {
        return yaml;
    }

    Relay relay() {
        return relay;
    }

    String token(Role role) {
        return String.valueOf(tokens.get(role));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + relay.adminPort().orElseThrow() + path);
    }

    Answer get(Role role, String path) {
        return call("GET", path, token(role), null);
    }

    Answer post(Role role, String path, String body) {
        return call("POST", path, token(role), body);
    }

    Answer put(Role role, String path, String body) {
        return call("PUT", path, token(role), body);
    }

    Answer delete(Role role, String path) {
        return call("DELETE", path, token(role), null);
    }

    /// @param token null to send none
    Answer call(String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(TIMEOUT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        Answer answer = send(request.build());
        if (body != null && answer.status() == 200) {
            description.checkRequest(method, request.build().uri().getPath(), json(body));
        }
        return answer;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The judge of all answers.
    Description description() {
        return description;
    }

    /// Sends a request, and checks the answer against the description.
    Answer send(HttpRequest request) {
        Answer answer = answer(request);
        String path = request.uri().getPath();
        if (!path.equals("/v1/openapi.json")) {
            description.check(request.method(), path, answer.status(), answer.body());
        }
        return answer;
    }

    private Answer answer(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body()),
                    response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        relay.close();
    }
}
