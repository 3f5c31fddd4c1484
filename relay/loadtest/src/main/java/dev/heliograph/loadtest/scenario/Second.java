package dev.heliograph.loadtest.scenario;

import org.HdrHistogram.Histogram;

/// One point of a series, about a second long.
///
/// @param at        seconds since the run began, at its end
/// @param live      clients that hear their channels
/// @param published publications a second
/// @param delivered deliveries a second
/// @param notices   of joins and leaves, a second
/// @param gaps      what clients lack though they have later ones
/// @param latency   in microseconds; of deliveries
/// @param entries   in microseconds; of clients that came
public record Second(
        double at,
        int live,
        double published,
        double delivered,
        double notices,
        long gaps,
        Histogram latency,
        Histogram entries) {

    double millis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }
}
