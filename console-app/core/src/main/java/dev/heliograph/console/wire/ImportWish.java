package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `ImportWish` of the admin API's document (docs/openapi.json).
public record ImportWish(
        String text, @Nullable IpRuleKind kind, @Nullable Long expiresAt) {}
