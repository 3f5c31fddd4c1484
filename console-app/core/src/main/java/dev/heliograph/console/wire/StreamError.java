package dev.heliograph.console.wire;

/// `StreamError` of the admin API's document (docs/openapi.json).
public record StreamError(String type, Problem error) implements StreamMessage {}
