package dev.heliograph.console.wire;

/// `TopicProblem` of the admin API's document (docs/openapi.json).
public record TopicProblem(String type, Topic topic, String message) implements StreamMessage {}
