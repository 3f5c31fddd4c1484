package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `NodeTraffic` of the admin API's document (docs/openapi.json): counts since the start of the node, and
/// percentiles of the delay of deliveries in about the last ten seconds, which are left out if there were none.
public record NodeTraffic(
        long published,
        long delivered,
        long bytesIn,
        long bytesOut,
        long errors,
        long rejected,
        long slow,
        @Nullable Double delayP50Ms,
        @Nullable Double delayP95Ms,
        @Nullable Double delayP99Ms) {}
