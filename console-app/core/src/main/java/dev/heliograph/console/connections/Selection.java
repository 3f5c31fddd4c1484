package dev.heliograph.console.connections;

import java.util.List;

/// Which connections an action is for.
public sealed interface Selection {

    /// These.
    record Chosen(List<String> ids) implements Selection {

        public Chosen {
            ids = List.copyOf(ids);
        }
    }

    /// All that a query means.
    record Matching(String query) implements Selection {}

    /// Those of a group that a query means.
    record InGroup(String query, GroupBy by, String key) implements Selection {}
}
