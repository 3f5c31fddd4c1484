package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `LimitState` of the admin API's document (docs/openapi.json).
public record LimitState(
        int order,
        LimitOperation operation,
        LimitScope scope,
        @Nullable String user,
        @Nullable String cidr,
        @Nullable String namespace,
        @Nullable String channel,
        double rate,
        double burst,
        long max,
        LimitMode mode,
        String author,
        long created) {}
