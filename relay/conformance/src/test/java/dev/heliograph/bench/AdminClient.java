package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.server.admin.TokenHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// An operator with a token: speaks to the admin API of a relay.
final class AdminClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final Path directory;
    private final String token = TokenHash.newToken();
    private final HttpClient http = HttpClient.newHttpClient();

    /// @param port of the admin API
    AdminClient(int port) {
        this.port = port;
        try {
            this.directory = Files.createTempDirectory("heliograph-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the relay that is to be asked needs in its configuration.
    String settings() {
        return """
                admin: {enabled: true, port: %d, tokens: ['bench:operator:sha256:%s']}
                control: {directory: '%s'}
                """.formatted(port, TokenHash.of(token), directory);
    }

    /// The operator's side is up and running already when a question comes: not its start is to be measured.
    void warmUp() {
        for (int i = 0; i < 50; i++) {
            get("/v1/nodes");
        }
    }

    /// @param path with its query
    /// @throws IllegalStateException if the answer is not 200
    JsonNode get(String path) {
        return send(path, HttpRequest.newBuilder().GET());
    }

    /// @throws IllegalStateException if the answer is not 200
    void put(String path, String json) {
        send(path, withBody("PUT", json));
    }

    /// @throws IllegalStateException if the answer is not 200
    void post(String path, String json) {
        send(path, withBody("POST", json));
    }

    private static HttpRequest.Builder withBody(String method, String json) {
        return HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json));
    }

    private JsonNode send(String path, HttpRequest.Builder request) {
        request.uri(URI.create("http://127.0.0.1:" + port + path)).header("Authorization", "Bearer " + token);
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        path + ": " + answer.statusCode() + " " + new String(answer.body(), UTF_8));
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
