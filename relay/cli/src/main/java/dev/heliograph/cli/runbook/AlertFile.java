package dev.heliograph.cli.runbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.cli.Failure;
import java.util.Map;
import java.util.TreeMap;

/// An alert as Alertmanager writes it: what its webhook sends, what its API lists, or one alert of these. Of
/// several
/// the first one that fires is meant.
record AlertFile(Map<String, String> labels, Map<String, String> annotations) {

    private static final JsonMapper JSON = new JsonMapper();

    /// @param name of the file, for what is said about it
    static AlertFile parse(String name, String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Failure(name + ": is no JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode list = root.has("alerts") ? root.path("alerts") : root;
        JsonNode alert = list.isArray() ? firing(list) : list;
        if (!alert.path("labels").path("alertname").isTextual()) {
            throw new Failure(name + ": has no alert with the label alertname");
        }
        return new AlertFile(texts(alert.path("labels")), texts(alert.path("annotations")));
    }

    String name() {
        return labels.getOrDefault("alertname", "");
    }

    private static JsonNode firing(JsonNode list) {
        for (JsonNode each : list) {
            // The webhook has a word there, the API an object.
            if (!each.path("status").asText().equals("resolved")) {
                return each;
            }
        }
        return list.path(0);
    }

    private static Map<String, String> texts(JsonNode fields) {
        Map<String, String> texts = new TreeMap<>();
        fields.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }
}
