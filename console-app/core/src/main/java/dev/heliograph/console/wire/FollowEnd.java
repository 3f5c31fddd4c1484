package dev.heliograph.console.wire;

/// `FollowEnd` of the admin API's document (docs/openapi.json).
public record FollowEnd(String type, long shown, long dropped) implements StreamMessage {}
