package dev.heliograph.runbook.run;

import java.util.List;

/// What a step saw.
///
/// @param columns the names of the columns
/// @param rows    each as long as the columns
/// @param note    a sentence on what is not in the rows; may be empty
public record Reading(List<String> columns, List<List<String>> rows, String note) {

    public Reading {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// One line for the transcript: how many rows, and the first of them.
    public String sentence() {
        if (rows.isEmpty()) {
            return "nothing";
        }
        return String.join(" ", rows.getFirst()) + (rows.size() > 1 ? " and " + (rows.size() - 1) + " more" : "");
    }
}
