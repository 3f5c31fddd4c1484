package dev.heliograph.console.wire;

/// `HistoryView` of the admin API's document (docs/openapi.json).
public record HistoryView(String epoch, long offset, long depth) {}
