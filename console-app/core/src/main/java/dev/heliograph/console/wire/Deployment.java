package dev.heliograph.console.wire;

import java.util.List;

/// `Deployment` of the admin API's document (docs/openapi.json).
public record Deployment(
        String id,
        String version,
        String previous,
        String from,
        String to,
        DeploymentStrategy strategy,
        DeploymentPhase phase,
        int canaryPercent,
        String by,
        long startedMs,
        long updatedMs,
        String note,
        List<DeploymentVerdict> verdicts) {}
