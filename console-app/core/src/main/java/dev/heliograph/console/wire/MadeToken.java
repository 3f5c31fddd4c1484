package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `MadeToken` of the admin API's document (docs/openapi.json).
public record MadeToken(TokenRow row, @Nullable String token, boolean dryRun) {}
