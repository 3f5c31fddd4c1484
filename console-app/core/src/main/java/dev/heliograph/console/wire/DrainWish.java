package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `DrainWish` of the admin API's document (docs/openapi.json).
public record DrainWish(
        @Nullable Double percent,
        @Nullable Integer count,
        @Nullable Double perSecond,
        @Nullable Long deadlineMs,
        @Nullable Boolean force) {}
