package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `Published` of the admin API's document (docs/openapi.json).
public record Published(
        String channel,
        boolean dryRun,
        @Nullable Long offset,
        @Nullable String epoch) {}
