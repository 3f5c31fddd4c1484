package dev.heliograph.console.wire;

/// `TailEnd` of the admin API's document (docs/openapi.json).
public record TailEnd(String type, String channel, long seen, long skipped) implements StreamMessage {}
