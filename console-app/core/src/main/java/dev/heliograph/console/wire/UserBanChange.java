package dev.heliograph.console.wire;

/// `UserBanChange` of the admin API's document (docs/openapi.json).
public record UserBanChange(String user, boolean existed, PreviewView preview, boolean dryRun) {}
