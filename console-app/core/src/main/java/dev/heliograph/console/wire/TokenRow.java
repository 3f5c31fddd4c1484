package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `TokenRow` of the admin API's document (docs/openapi.json).
public record TokenRow(
        String name,
        String role,
        String source,
        @Nullable String author,
        @Nullable Long created,
        @Nullable Long expiresAt) {}
