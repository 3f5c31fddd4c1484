package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `IpRuleChange` of the admin API's document (docs/openapi.json).
public record IpRuleChange(
        String cidr, @Nullable IpRuleState before, @Nullable IpRuleState after, PreviewView preview, boolean dryRun) {}
