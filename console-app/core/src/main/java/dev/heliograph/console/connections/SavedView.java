package dev.heliograph.console.connections;

import java.util.List;
import java.util.Optional;

/// A way to look at connections that has a name.
///
/// @param query   which connections, in which order
/// @param columns the ids of those that are shown, in their order; none for those that are shown anyway
/// @param by      what they are grouped by; empty for a list
/// @param measure of the groups
/// @param builtIn comes with the console, and cannot be changed
public record SavedView(
        String name, String query, List<String> columns, Optional<GroupBy> by, Measure measure, boolean builtIn) {

    public SavedView {
        columns = List.copyOf(columns);
    }

    /// A list.
    public static SavedView list(String name, String query) {
        return new SavedView(name, query, List.of(), Optional.empty(), Measure.CONNECTIONS, false);
    }

    /// Groups.
    public static SavedView groups(String name, String query, GroupBy by, Measure measure) {
        return new SavedView(name, query, List.of(), Optional.of(by), measure, false);
    }

    public SavedView withColumns(List<String> next) {
        return new SavedView(name, query, next, by, measure, builtIn);
    }

    SavedView asBuiltIn() {
        return new SavedView(name, query, columns, by, measure, true);
    }
}
