package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `UserBanRow` of the admin API's document (docs/openapi.json).
public record UserBanRow(
        String user,
        String reason,
        String author,
        long created,
        @Nullable Long expiresAt,
        long hits,
        @Nullable Long lastHit)
        implements GuardRow {}
