package dev.heliograph.console.wire;

/// `ConnectionsMessage` of the admin API's document (docs/openapi.json).
public record ConnectionsMessage(String type, ConnectionList page) implements StreamMessage {}
