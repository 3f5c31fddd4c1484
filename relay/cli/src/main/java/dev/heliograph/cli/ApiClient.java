package dev.heliograph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Calls methods of a relay's HTTP API, as back ends do.
///
/// @param key empty to send none
record ApiClient(URI url, String key) {

    static final JsonMapper JSON = new JsonMapper();

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// @return the result
    /// @throws Failure if there is none
    JsonNode call(String method, ObjectNode params) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/" + method))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(params.toString()));
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            return result(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new Failure(url + ": " + Causes.reason(e), e);
        }
    }

    private JsonNode result(HttpResponse<String> response) {
        switch (response.statusCode()) {
            case 200 -> {}
            case 401 ->
                throw new Failure(url + ": the API key is "
                        + (key.isEmpty()
                                ? "missing: give --key, --config or " + PublishCommand.KEY_VARIABLE
                                : "wrong"));
            case 404 -> throw new Failure(url + ": there is no API at this path");
            default -> throw new Failure(url + ": HTTP status " + response.statusCode() + ": " + response.body());
        }
        JsonNode body = parse(response.body());
        JsonNode error = body.path("error");
        if (error.isObject()) {
            throw new Failure("refused: error " + error.path("code").asText() + ", "
                    + error.path("message").asText());
        }
        return body.path("result");
    }

    private JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Failure(url + ": what answers there is not the API of a relay", e);
        }
    }
}
