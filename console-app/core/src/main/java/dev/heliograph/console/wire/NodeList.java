package dev.heliograph.console.wire;

import java.util.List;

/// `NodeList` of the admin API's document (docs/openapi.json).
public record NodeList(List<NodeRow> nodes) {}
