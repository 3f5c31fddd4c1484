package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.runbook.RunbookException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Reads JSON from a server near by.
///
/// @param name of what is there, for sentences
record HttpJson(String name, URI base, HttpClient http) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    /// @param target path and query below the base
    /// @throws RunbookException if there is no JSON
    JsonNode get(String target) {
        String root = base.toString().replaceFirst("/+$", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + target))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new RunbookException(
                        name + " says: " + answer.path("error").asText("status " + response.statusCode()));
            }
            return answer;
        } catch (JsonProcessingException _) {
            throw new RunbookException("What answers at " + base + " is no " + name + ".");
        } catch (IOException e) {
            throw new RunbookException(
                    name + " at " + base + " does not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new RunbookException("Interrupted while " + name + " was asked.");
        }
    }
}
