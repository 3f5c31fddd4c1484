package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `UserBanWish` of the admin API's document (docs/openapi.json).
public record UserBanWish(String user, @Nullable Long expiresAt) {}
