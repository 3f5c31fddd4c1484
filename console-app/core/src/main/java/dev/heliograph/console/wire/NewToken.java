package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `NewToken` of the admin API's document (docs/openapi.json).
public record NewToken(String name, String role, @Nullable Long expiresAt) {}
