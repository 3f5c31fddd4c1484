package dev.heliograph.console.wire;

/// `GroupRow` of the admin API's document (docs/openapi.json).
public record GroupRow(
        String key,
        long connections,
        long queueBytes,
        double inRate,
        double outRate,
        double inBytesRate,
        double outBytesRate) {}
