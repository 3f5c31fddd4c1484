package dev.heliograph.console.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `LimitRow` of the admin API's document (docs/openapi.json).
public record LimitRow(
        String name,
        LimitState rule,
        boolean configured,
        @Nullable Long expiresAt,
        long admitted,
        long rejected,
        long wouldReject,
        @Nullable Long lastHit,
        List<Fullest> fullest) {}
