package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `DrainRow` of the admin API's document (docs/openapi.json).
public record DrainRow(
        String node,
        String nodeId,
        DrainKind kind,
        DrainState state,
        int total,
        int moved,
        int left,
        int connections,
        double setPoint,
        double pace,
        double measured,
        @Nullable Long etaMs,
        String note) {}
