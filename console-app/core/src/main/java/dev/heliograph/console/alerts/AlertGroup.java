package dev.heliograph.console.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All alerts of one name and severity that are in the same hands: what an operator deals with as one.
///
/// @param alerts  at least one, the oldest first, each once
/// @param silence that covers them all; empty while they are in nobody's hands
public record AlertGroup(
        String name, String severity, Standing standing, List<Alert> alerts, Optional<Silence> silence) {

    /// Who has to do something about it.
    public enum Standing {
        /// It fires, and nobody has taken it on.
        FIRING,
        /// Somebody has said that they deal with it.
        ACKNOWLEDGED,
        /// It is silenced.
        SILENCED,
        /// Another alert says it already.
        INHIBITED
    }

    private static final List<String> WORST_FIRST = List.of("page", "critical", "error", "warning", "ticket", "info");

    public AlertGroup {
        alerts = List.copyOf(alerts);
    }

    /// Puts alerts together; what fires comes first, then the most severe, then what is new.
    public static List<AlertGroup> of(List<Alert> alerts, List<Silence> silences) {
        record Key(String name, String severity, Standing standing, Optional<Silence> silence) {}
        Map<String, Alert> once = new LinkedHashMap<>();
        alerts.forEach(alert -> once.putIfAbsent(alert.fingerprint(), alert));
        Map<Key, List<Alert>> together = once.values().stream()
                .sorted(Comparator.comparing(Alert::since))
                .collect(Collectors.groupingBy(
                        alert -> {
                            Optional<Silence> silence = silenceOf(alert, silences);
                            return new Key(alert.name(), alert.severity(), standingOf(alert, silence), silence);
                        },
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<AlertGroup> groups = new ArrayList<>();
        together.forEach((key, members) ->
                groups.add(new AlertGroup(key.name, key.severity, key.standing, members, key.silence)));
        groups.sort(Comparator.comparing(AlertGroup::standing)
                .thenComparing(group -> rank(group.severity()))
                .thenComparing(AlertGroup::since, Comparator.reverseOrder())
                .thenComparing(AlertGroup::name));
        return groups;
    }

    /// Of several the one that lasts longest, a plain silence before an acknowledgement.
    private static Optional<Silence> silenceOf(Alert alert, List<Silence> silences) {
        return silences.stream()
                .filter(silence -> alert.silencedBy().contains(silence.id()))
                .max(Comparator.comparing((Silence silence) -> !silence.acknowledges())
                        .thenComparing(Silence::ends));
    }

    private static Standing standingOf(Alert alert, Optional<Silence> silence) {
        if (!alert.silencedBy().isEmpty()) {
            return silence.filter(Silence::acknowledges).isPresent() ? Standing.ACKNOWLEDGED : Standing.SILENCED;
        }
        return alert.inhibitedBy().isEmpty() ? Standing.FIRING : Standing.INHIBITED;
    }

    private static int rank(String severity) {
        int rank = WORST_FIRST.indexOf(severity);
        return rank < 0 ? WORST_FIRST.size() : rank;
    }

    /// What stays the same while its alerts come and go.
    public String id() {
        return name + "|" + severity + "|" + standing + "|"
                + silence.map(Silence::id).orElse("");
    }

    /// When the first of them began.
    public Instant since() {
        return alerts.getFirst().since();
    }

    public String summary() {
        return alerts.getFirst().summary();
    }

    /// The labels that all of them have alike.
    public Map<String, String> commonLabels() {
        Map<String, String> common = new TreeMap<>(alerts.getFirst().labels());
        alerts.forEach(alert -> common.entrySet()
                .removeIf(label -> !label.getValue().equals(alert.labels().get(label.getKey()))));
        return common;
    }

    /// Matchers for these alerts, as narrow as one silence can be.
    public List<Matcher> matchers() {
        return commonLabels().entrySet().stream()
                .map(label -> Matcher.exactly(label.getKey(), label.getValue()))
                .toList();
    }
}
