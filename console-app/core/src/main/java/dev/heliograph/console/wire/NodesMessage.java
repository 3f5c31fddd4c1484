package dev.heliograph.console.wire;

import java.util.List;

/// `NodesMessage` of the admin API's document (docs/openapi.json).
public record NodesMessage(String type, List<NodeRow> nodes) implements StreamMessage {}
