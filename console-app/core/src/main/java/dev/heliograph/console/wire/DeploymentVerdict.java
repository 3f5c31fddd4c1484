package dev.heliograph.console.wire;

import java.util.List;

/// `DeploymentVerdict` of the admin API's document (docs/openapi.json).
public record DeploymentVerdict(int percent, Verdict verdict, List<String> reasons, long atMs) {}
