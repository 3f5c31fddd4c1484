package dev.heliograph.console.wire;

/// `RevocationChange` of the admin API's document (docs/openapi.json).
public record RevocationChange(String id, boolean existed, PreviewView preview, boolean dryRun) {}
