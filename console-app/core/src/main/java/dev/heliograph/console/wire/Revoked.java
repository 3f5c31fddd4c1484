package dev.heliograph.console.wire;

/// `Revoked` of the admin API's document (docs/openapi.json).
public record Revoked(TokenRow row, boolean dryRun) {}
