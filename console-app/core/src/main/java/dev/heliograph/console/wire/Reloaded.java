package dev.heliograph.console.wire;

import java.util.List;

/// `Reloaded` of the admin API's document (docs/openapi.json).
public record Reloaded(List<ChangeRow> changes, boolean dryRun) {}
