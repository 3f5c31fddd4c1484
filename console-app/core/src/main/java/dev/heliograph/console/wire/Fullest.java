package dev.heliograph.console.wire;

/// `Fullest` of the admin API's document (docs/openapi.json).
public record Fullest(String key, double used) {}
