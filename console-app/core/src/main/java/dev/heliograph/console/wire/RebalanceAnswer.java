package dev.heliograph.console.wire;

import java.util.List;

/// `RebalanceAnswer` of the admin API's document (docs/openapi.json).
public record RebalanceAnswer(List<DrainRow> drains, boolean dryRun) {}
