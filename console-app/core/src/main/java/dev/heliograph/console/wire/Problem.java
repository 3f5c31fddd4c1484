package dev.heliograph.console.wire;

/// `Problem` of the admin API's document (docs/openapi.json).
public record Problem(String code, String message) {}
