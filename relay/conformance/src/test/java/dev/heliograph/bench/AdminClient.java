package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/// An operator with a token: speaks to the admin API of a relay.
public final class AdminClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final String token;

    /// @param port of the admin API
    public AdminClient(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /// @param path with its query
    /// @throws IllegalStateException if the answer is not 200
    public JsonNode get(String path) {
        return send(path, HttpRequest.newBuilder().GET());
    }

    /// @throws IllegalStateException if the answer is not 200
    public JsonNode put(String path, String json) {
        return send(path, withBody("PUT", json));
    }

    /// @throws IllegalStateException if the answer is not 200
    public JsonNode post(String path, String json) {
        return send(path, withBody("POST", json));
    }

    private static HttpRequest.Builder withBody(String method, String json) {
        return HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json));
    }

    private JsonNode send(String path, HttpRequest.Builder request) {
        request.uri(URI.create("http://127.0.0.1:" + port + path)).header("Authorization", "Bearer " + token);
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
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
}
