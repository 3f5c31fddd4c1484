package dev.heliograph.console.wire;

/// `Exported` of the admin API's document (docs/openapi.json).
public record Exported(String text) {}
