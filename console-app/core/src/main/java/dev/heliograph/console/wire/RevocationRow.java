package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `RevocationRow` of the admin API's document (docs/openapi.json).
public record RevocationRow(
        String id,
        @Nullable String jti,
        @Nullable String user,
        @Nullable Long issuedBefore,
        String reason,
        String author,
        long created,
        @Nullable Long expiresAt,
        long hits,
        @Nullable Long lastHit)
        implements GuardRow {}
