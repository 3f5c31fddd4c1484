package dev.heliograph.console.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A silence that an Alertmanager has.
///
/// @param pending whether it has not begun yet
public record Silence(
        String id,
        List<Matcher> matchers,
        Instant begins,
        Instant ends,
        String author,
        String comment,
        boolean pending) {

    /// What the comment of an acknowledgement begins with.
    static final String ACKNOWLEDGED = "ACK!";

    public Silence {
        matchers = List.copyOf(matchers);
    }

    /// Whether it says that somebody has taken an alert on.
    public boolean acknowledges() {
        return comment.startsWith(ACKNOWLEDGED);
    }

    /// What was said, without the mark of an acknowledgement.
    public String said() {
        return acknowledges() ? comment.substring(ACKNOWLEDGED.length()).strip() : comment;
    }

    /// Whether it covers an alert with these labels.
    public boolean covers(Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }
}
