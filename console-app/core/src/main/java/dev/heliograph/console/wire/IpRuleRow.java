package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `IpRuleRow` of the admin API's document (docs/openapi.json).
public record IpRuleRow(
        String cidr,
        IpRuleKind kind,
        String reason,
        String author,
        long created,
        @Nullable Long expiresAt,
        long hits,
        @Nullable Long lastHit)
        implements GuardRow {}
