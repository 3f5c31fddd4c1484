package dev.heliograph.console.wire;

/// `LimitRate` of the admin API's document (docs/openapi.json).
public record LimitRate(String name, double admitted, double rejected, double wouldReject) {}
