package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `DisconnectAnswer` of the admin API's document (docs/openapi.json).
public record DisconnectAnswer(
        boolean dryRun,
        @Nullable WouldDisconnect preview,
        @Nullable OperationRow operation) {}
