package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `IpRuleCheck` of the admin API's document (docs/openapi.json).
public record IpRuleCheck(String ip, @Nullable IpRuleRow rule) {}
