package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `RevocationWish` of the admin API's document (docs/openapi.json).
public record RevocationWish(
        @Nullable String jti,
        @Nullable String user,
        @Nullable Long issuedBefore,
        @Nullable Long expiresAt) {}
