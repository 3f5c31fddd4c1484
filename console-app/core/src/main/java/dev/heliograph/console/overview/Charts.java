package dev.heliograph.console.overview;

import dev.heliograph.console.live.Points;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the charts show.
///
/// @param range   that was asked for
/// @param byNode  whether there is a line for each node, else the lines are of the cluster
/// @param from    the left edge
/// @param to      the right edge
/// @param lines   of each chart; a chart without a line has no data
/// @param marks   between the edges, the oldest first
/// @param source  where the figures come from
/// @param since   the console knows nothing from before; empty if the figures are not its own
/// @param problem why something is missing, as a sentence for the operator
public record Charts(
        Range range,
        boolean byNode,
        Instant from,
        Instant to,
        Map<Chart, List<Line>> lines,
        List<Mark> marks,
        Source source,
        Optional<Instant> since,
        Optional<String> problem) {

    public Charts {
        lines = Map.copyOf(lines);
        marks = List.copyOf(marks);
    }

    /// A line of a chart.
    ///
    /// @param name   of the node; empty for all together
    /// @param figure that it shows
    public record Line(String name, Figure figure, Points points) {}

    /// Where figures come from.
    public enum Source {
        /// What this console saw itself.
        CONSOLE,
        PROMETHEUS
    }

    static Charts none(Range range, Instant now) {
        return new Charts(
                range,
                false,
                now.minus(range.span()),
                now,
                Map.of(),
                List.of(),
                Source.CONSOLE,
                Optional.empty(),
                Optional.empty());
    }
}
