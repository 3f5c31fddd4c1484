package dev.heliograph.loadtest;

import org.HdrHistogram.Histogram;

/// What a [Swarm] did since the sample before.
///
/// @param live      clients that hear their channels now
/// @param published publications
/// @param delivered of them, to all clients that count
/// @param notices   that clients joined or left, to all clients
/// @param gaps      publications that clients lack now although they have later ones
/// @param latency   of what was delivered, in microseconds from when it was due
/// @param entries   in microseconds from when a client was to come to when it heard its channels
public record Sample(
        int live, long published, long delivered, long notices, long gaps, Histogram latency, Histogram entries) {}
