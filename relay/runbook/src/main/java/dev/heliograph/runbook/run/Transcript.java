package dev.heliograph.runbook.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What happened in one run of a runbook, in the order in which it did.
///
/// @param id      of the run
/// @param runbook its id
/// @param title   of the runbook, as it was then
/// @param labels  of the alert that it was opened for; empty without one
public record Transcript(
        String id,
        String runbook,
        String title,
        String cluster,
        Instant begun,
        Map<String, String> labels,
        List<Entry> entries) {

    public Transcript {
        labels = Map.copyOf(labels);
        entries = List.copyOf(entries);
    }

    Transcript with(Entry entry) {
        List<Entry> next = new ArrayList<>(entries);
        next.add(entry);
        return new Transcript(id, runbook, title, cluster, begun, labels, next);
    }

    /// Whether it was closed.
    public boolean finished() {
        return entries.stream().anyMatch(entry -> entry.kind() == Entry.Kind.FINISHED);
    }
}
