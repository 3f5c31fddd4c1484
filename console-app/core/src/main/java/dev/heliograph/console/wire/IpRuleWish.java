package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `IpRuleWish` of the admin API's document (docs/openapi.json).
public record IpRuleWish(
        String cidr, IpRuleKind kind, @Nullable Long expiresAt) {}
