package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `SubscriptionRow` of the admin API's document (docs/openapi.json).
public record SubscriptionRow(
        String channel,
        boolean serverSide,
        boolean positioned,
        boolean presence,
        boolean joinLeave,
        @Nullable Long expiresAt) {}
