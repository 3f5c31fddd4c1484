package dev.heliograph.console.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DeploymentWish` of the admin API's document (docs/openapi.json).
public record DeploymentWish(
        String id,
        String version,
        @Nullable String previous,
        @Nullable String from,
        @Nullable String to,
        DeploymentStrategy strategy,
        DeploymentPhase phase,
        @Nullable Integer canaryPercent,
        String by,
        long startedMs,
        long updatedMs,
        @Nullable String note,
        @Nullable List<DeploymentVerdict> verdicts) {}
