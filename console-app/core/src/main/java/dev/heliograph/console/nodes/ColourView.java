package dev.heliograph.console.nodes;

import java.util.List;
import java.util.Optional;

/// All nodes of one colour of a deployment, to be compared with those of the other.
///
/// @param colour      empty for nodes without one
/// @param versions    that they run, each once
/// @param connections of them together
/// @param share       of all connections, of 1
/// @param load        of their processors, of 1
/// @param rates       a second, together; empty until they are known
/// @param median      delay of deliveries of its slowest node, in milliseconds; empty without deliveries
/// @param worst       the same, for the one in 100 that takes longest
public record ColourView(
        String colour,
        int nodes,
        List<String> versions,
        long connections,
        double share,
        double load,
        Optional<Counters> rates,
        Optional<Double> median,
        Optional<Double> worst) {

    public ColourView {
        versions = List.copyOf(versions);
    }
}
