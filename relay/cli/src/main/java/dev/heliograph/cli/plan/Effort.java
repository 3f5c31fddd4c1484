package dev.heliograph.cli.plan;

import java.time.Duration;

/// How long and how large the measurements are.
///
/// @param connections idle ones, for memory and connects
/// @param subscribers of the channel that deliveries are measured with
/// @param time        of one measurement
/// @param rounds      in which costs and limits of deliveries are measured
/// @param roundTime   of one measurement in a round
/// @param saturations how many of the scenarios that predictions are compared with
record Effort(int connections, int subscribers, Duration time, int rounds, Duration roundTime, int saturations) {

    /// A few minutes.
    static final Effort FULL =
            new Effort(5_000, 1_000, Duration.ofSeconds(4), 5, Duration.ofMillis(1_200), Integer.MAX_VALUE);

    /// Seconds: shows that everything can be measured, and scatters by a factor of two or more.
    static final Effort QUICK = new Effort(200, 100, Duration.ofMillis(300), 1, Duration.ofMillis(300), 1);
}
