package dev.heliograph.console.wire;

/// `DrainAnswer` of the admin API's document (docs/openapi.json).
public record DrainAnswer(DrainRow drain, boolean dryRun) {}
