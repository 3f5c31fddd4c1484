package dev.heliograph.grafana;

import java.util.List;

/// A page of Grafana.
///
/// @param name of its file; `heliograph-` and the name is its uid, which alerts link to
/// @param jobs of the targets that it is about, as a regular expression
public record Dashboard(String name, String title, String description, String jobs, List<Row> rows) {

    public Dashboard {
        rows = List.copyOf(rows);
    }

    static Dashboard of(String name, String title, String description, String jobs, Row... rows) {
        return new Dashboard(name, title, description, jobs, List.of(rows));
    }

    /// What Grafana knows it by.
    public String uid() {
        return "heliograph-" + name;
    }

    /// All of its panels.
    public List<Panel> panels() {
        return rows.stream().flatMap(row -> row.panels().stream()).toList();
    }
}
