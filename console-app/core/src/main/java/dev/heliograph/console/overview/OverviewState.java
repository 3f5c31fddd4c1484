package dev.heliograph.console.overview;

import dev.heliograph.console.wire.NodeRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the cluster does now.
///
/// @param at      when the nodes were heard of last; empty before the first time
/// @param nodes   by name; also those that went a short while ago
/// @param cluster the figures of all nodes together that are known
/// @param problem why there is nothing newer, as a sentence for the operator
public record OverviewState(
        Optional<Instant> at, List<Tile> nodes, Map<Figure, Double> cluster, Optional<String> problem) {

    static final OverviewState NOTHING = new OverviewState(Optional.empty(), List.of(), Map.of(), Optional.empty());

    public OverviewState {
        nodes = List.copyOf(nodes);
        cluster = Map.copyOf(cluster);
    }

    /// A node.
    ///
    /// @param name     unique among the nodes
    /// @param row      what it told last
    /// @param figures  of it that are known now
    /// @param standing whether it is there
    /// @param since    when it came to stand so: when it started, or was missed
    public record Tile(String name, NodeRow row, Map<Figure, Double> figures, Standing standing, Instant since) {

        public Tile {
            figures = Map.copyOf(figures);
        }
    }

    /// How a node stands.
    public enum Standing {
        UP,
        /// It sends new clients elsewhere.
        DRAINING,
        /// The others do not hear of it any more.
        GONE
    }

    OverviewState withProblem(Optional<String> next) {
        return new OverviewState(at, nodes, cluster, next);
    }
}
