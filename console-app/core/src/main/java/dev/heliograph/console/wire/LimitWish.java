package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `LimitWish` of the admin API's document (docs/openapi.json).
public record LimitWish(
        @Nullable Integer order,
        LimitOperation operation,
        LimitScope scope,
        @Nullable String user,
        @Nullable String cidr,
        @Nullable String namespace,
        @Nullable String channel,
        @Nullable Double rate,
        @Nullable Double burst,
        @Nullable Long max,
        @Nullable LimitMode mode,
        @Nullable Long expiresAt) {}
