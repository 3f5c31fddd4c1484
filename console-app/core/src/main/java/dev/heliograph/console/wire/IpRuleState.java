package dev.heliograph.console.wire;

/// `IpRuleState` of the admin API's document (docs/openapi.json).
public record IpRuleState(IpRuleKind kind, String reason, String author, long created) {}
