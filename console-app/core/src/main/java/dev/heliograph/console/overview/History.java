package dev.heliograph.console.overview;

import dev.heliograph.console.live.Points;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Where figures of the past come from. May block: not for the thread of the toolkit.
public interface History {

    /// A figure over a time.
    ///
    /// @param from  not after `to`
    /// @param most  points, at least 1
    /// @throws dev.heliograph.console.api.AdminException if it cannot be had at the moment
    Lines read(Figure figure, Instant from, Instant to, int most);

    /// @param cluster of all nodes together
    /// @param nodes   by their names
    record Lines(Points cluster, Map<String, Points> nodes) {

        public Lines {
            nodes = Map.copyOf(nodes);
        }
    }

    /// Since when it knows something; empty if that is not known.
    default Optional<Instant> since() {
        return Optional.empty();
    }
}
