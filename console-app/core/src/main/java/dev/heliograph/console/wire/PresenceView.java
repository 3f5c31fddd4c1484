package dev.heliograph.console.wire;

/// `PresenceView` of the admin API's document (docs/openapi.json).
public record PresenceView(int clients, int users) {}
