package dev.heliograph.console.nodes;

import dev.heliograph.console.api.AdminException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the page of nodes shows.
///
/// @param known    whether anything was heard yet
/// @param nodes    by name; those that are missing, too
/// @param colours  by name
/// @param warnings the worst first
/// @param total    connections of all nodes
/// @param at       of the last news
/// @param problem  why nothing comes at the moment; the rest is of before
public record NodesState(
        boolean known,
        List<NodeView> nodes,
        List<ColourView> colours,
        List<Warning> warnings,
        long total,
        Instant at,
        Optional<AdminException> problem) {

    public static final NodesState UNKNOWN =
            new NodesState(false, List.of(), List.of(), List.of(), 0, Instant.EPOCH, Optional.empty());

    public NodesState {
        nodes = List.copyOf(nodes);
        colours = List.copyOf(colours);
        warnings = List.copyOf(warnings);
    }

    public Optional<NodeView> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    NodesState withProblem(Optional<AdminException> cause) {
        return new NodesState(known, nodes, colours, warnings, total, at, cause);
    }
}
