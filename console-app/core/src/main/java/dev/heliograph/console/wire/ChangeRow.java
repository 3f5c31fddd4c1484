package dev.heliograph.console.wire;

/// `ChangeRow` of the admin API's document (docs/openapi.json).
public record ChangeRow(String key, String change, Effect effect) {}
