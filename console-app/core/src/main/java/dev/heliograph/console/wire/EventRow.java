package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `EventRow` of the admin API's document (docs/openapi.json).
public record EventRow(long at, EventKind kind, @Nullable Integer code, String detail, String by) {}
