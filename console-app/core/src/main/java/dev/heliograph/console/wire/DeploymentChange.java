package dev.heliograph.console.wire;

/// `DeploymentChange` of the admin API's document (docs/openapi.json).
public record DeploymentChange(Deployment deployment, boolean dryRun) {}
