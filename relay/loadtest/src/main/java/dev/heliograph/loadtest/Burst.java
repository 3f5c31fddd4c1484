package dev.heliograph.loadtest;

import org.HdrHistogram.Histogram;

/// What came of publishing for some time with a [Swarm].
///
/// @param published  publications
/// @param deliveries of them, by all members together
/// @param expected   how many deliveries there should have been
/// @param seconds    from the first publication to the last delivery
/// @param duplicated deliveries of something that the member had
/// @param reordered  deliveries after one that was published later
/// @param latency    in microseconds from when a publication was due, as planned before the run, to each delivery: a
///                   stall of the server, or of the generator, counts for all that was due meanwhile
public record Burst(
        long published,
        long deliveries,
        long expected,
        double seconds,
        long duplicated,
        long reordered,
        Histogram latency) {

    public long lost() {
        return Math.max(0, expected - (deliveries - duplicated));
    }

    public double deliveriesPerSecond() {
        return deliveries / seconds;
    }

    public double latencyMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }

    /// Whether each member got each publication once and in order.
    public boolean exact() {
        return deliveries == expected && duplicated == 0 && reordered == 0;
    }
}
