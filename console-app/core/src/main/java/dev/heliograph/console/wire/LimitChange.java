package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `LimitChange` of the admin API's document (docs/openapi.json).
public record LimitChange(
        String name, @Nullable LimitState before, @Nullable LimitState after, PreviewView preview, boolean dryRun) {}
