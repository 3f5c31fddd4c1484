package dev.heliograph.console.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An alert that fires.
///
/// @param fingerprint of its labels: what makes it one and the same
/// @param silencedBy  ids of the silences that cover it
/// @param inhibitedBy fingerprints of the alerts that mute it
/// @param source      where it comes from, to look at its expression
public record Alert(
        String fingerprint,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant since,
        List<String> silencedBy,
        List<String> inhibitedBy,
        String source) {

    public Alert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        silencedBy = List.copyOf(silencedBy);
        inhibitedBy = List.copyOf(inhibitedBy);
    }

    public String name() {
        return labels.getOrDefault("alertname", "");
    }

    public String severity() {
        return labels.getOrDefault("severity", "");
    }

    /// What it says about itself: the annotation `summary`, else `description` or `message`.
    public String summary() {
        for (String key : List.of("summary", "description", "message")) {
            String text = annotations.get(key);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    /// Where its runbook is: the annotation `runbook_url`, else `runbook`.
    public Optional<String> runbook() {
        return Optional.ofNullable(annotations.getOrDefault("runbook_url", annotations.get("runbook")));
    }
}
