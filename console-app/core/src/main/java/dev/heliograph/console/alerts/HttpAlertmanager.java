package dev.heliograph.console.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.text.Messages;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An Alertmanager over its API of version 2, which those since 0.16 have.
public final class HttpAlertmanager implements Alertmanager {

    /// An Alertmanager answers from memory.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI api;
    private final Clock clock;

    /// @param address as a browser has it, with the path prefix if it has one
    public HttpAlertmanager(URI address, HttpClient http, Clock clock) {
        this.http = http;
        this.api = URI.create(address.toString().replaceFirst("/+$", "") + "/api/v2/");
        this.clock = clock;
    }

    @Override
    public String version() {
        JsonNode version = get("status").path("versionInfo").path("version");
        if (!version.isTextual()) {
            throw garbage("status");
        }
        return version.asText();
    }

    @Override
    public List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode each : list("alerts")) {
            JsonNode status = each.path("status");
            alerts.add(new Alert(
                    each.path("fingerprint").asText(),
                    texts(each.path("labels")),
                    texts(each.path("annotations")),
                    time(each.path("startsAt")),
                    words(status.path("silencedBy")),
                    words(status.path("inhibitedBy")),
                    each.path("generatorURL").asText()));
        }
        return alerts;
    }

    @Override
    public List<Silence> silences() {
        List<Silence> silences = new ArrayList<>();
        for (JsonNode each : list("silences")) {
            String state = each.path("status").path("state").asText();
            if (state.equals("expired")) {
                continue;
            }
            List<Matcher> matchers = new ArrayList<>();
            for (JsonNode matcher : each.path("matchers")) {
                matchers.add(new Matcher(
                        matcher.path("name").asText(),
                        matcher.path("value").asText(),
                        matcher.path("isRegex").asBoolean(),
                        matcher.path("isEqual").asBoolean(true)));
            }
            silences.add(new Silence(
                    each.path("id").asText(),
                    matchers,
                    time(each.path("startsAt")),
                    time(each.path("endsAt")),
                    each.path("createdBy").asText(),
                    each.path("comment").asText(),
                    state.equals("pending")));
        }
        return silences;
    }

    @Override
    public String silence(SilenceWish wish) {
        ObjectNode body = JSON.createObjectNode()
                .put("startsAt", clock.instant().toString())
                .put("endsAt", wish.ends().toString())
                .put("createdBy", wish.author())
                .put("comment", wish.comment());
        ArrayNode matchers = body.putArray("matchers");
        for (Matcher matcher : wish.matchers()) {
            matchers.addObject()
                    .put("name", matcher.name())
                    .put("value", matcher.value())
                    .put("isRegex", matcher.regex())
                    .put("isEqual", matcher.equal());
        }
        JsonNode answer = json(
                "silences",
                send(request("silences")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))));
        if (!answer.path("silenceID").isTextual()) {
            throw garbage("silences");
        }
        return answer.path("silenceID").asText();
    }

    @Override
    public void expire(String silence) {
        send(request("silence/" + URLEncoder.encode(silence, StandardCharsets.UTF_8))
                .DELETE());
    }

    private JsonNode get(String path) {
        return json(path, send(request(path).GET()));
    }

    private JsonNode list(String path) {
        JsonNode answer = get(path);
        if (!answer.isArray()) {
            throw garbage(path);
        }
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(PATIENCE);
    }

    private String send(HttpRequest.Builder request) {
        HttpResponse<String> answer;
        try {
            answer = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AdminException(Kind.UNREACHABLE, Messages.text("alerts.unreachable", api.getAuthority()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(Kind.UNREACHABLE, Messages.text("alerts.unreachable", api.getAuthority()), e);
        }
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return answer.body();
        }
        throw new AdminException(
                kind(status), Messages.text("alerts.refused", String.valueOf(status), said(answer.body())));
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401 -> Kind.UNAUTHENTICATED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 429 -> Kind.TOO_MANY_REQUESTS;
            default -> status < 500 ? Kind.INVALID : Kind.UNAVAILABLE;
        };
    }

    /// Errors are texts in JSON, objects with a message, or pages of whatever stands in front.
    private static String said(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            String text =
                    node.isTextual() ? node.asText() : node.path("message").asText();
            return text.isEmpty() ? "-" : text;
        } catch (JsonProcessingException _) {
            return "-";
        }
    }

    private JsonNode json(String path, String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException _) {
            throw garbage(path);
        }
    }

    private AdminException garbage(String path) {
        return new AdminException(Kind.GARBAGE, Messages.text("alerts.garbage", api.resolve(path)));
    }

    private Instant time(JsonNode node) {
        try {
            return Instant.parse(node.asText());
        } catch (DateTimeException _) {
            throw garbage("alerts");
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(each -> words.add(each.asText()));
        return words;
    }
}
