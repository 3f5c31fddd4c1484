package dev.heliograph.console.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `OperationRow` of the admin API's document (docs/openapi.json).
public record OperationRow(
        String operation,
        OperationState state,
        String by,
        int code,
        String closeReason,
        double perSecond,
        long matched,
        int selected,
        int told,
        int gone,
        List<String> failures,
        long startedAt,
        @Nullable Long endedAt,
        long leftMs) {}
