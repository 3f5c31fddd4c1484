package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `RebalanceWish` of the admin API's document (docs/openapi.json).
public record RebalanceWish(double perSecond, @Nullable Double tolerancePercent) {}
