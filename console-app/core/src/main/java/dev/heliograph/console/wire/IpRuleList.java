package dev.heliograph.console.wire;

import java.util.List;

/// `IpRuleList` of the admin API's document (docs/openapi.json).
public record IpRuleList(List<IpRuleRow> rules, boolean more) {}
