package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;

/// An Alertmanager over its HTTP API (`/api/v2/alerts`).
public final class AlertmanagerAlerts implements FiringAlerts {

    private final HttpJson server;

    /// @param base as in `http://127.0.0.1:9093`
    public AlertmanagerAlerts(URI base, HttpClient http) {
        this.server = new HttpJson("Alertmanager", base, http);
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (JsonNode alert : server.get("/api/v2/alerts?active=true&silenced=false&inhibited=false")) {
            names.add(alert.path("labels").path("alertname").asText());
        }
        return names;
    }
}
