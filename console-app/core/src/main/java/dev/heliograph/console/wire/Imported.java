package dev.heliograph.console.wire;

/// `Imported` of the admin API's document (docs/openapi.json).
public record Imported(int rules, boolean dryRun) {}
