package dev.heliograph.console.wire;

/// `Failure` of the admin API's document (docs/openapi.json).
public record Failure(Problem error) {}
