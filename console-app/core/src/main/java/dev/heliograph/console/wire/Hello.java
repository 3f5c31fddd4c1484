package dev.heliograph.console.wire;

import java.util.List;

/// `Hello` of the admin API's document (docs/openapi.json).
public record Hello(String type, String operator, List<Topic> topics) implements StreamMessage {}
