package dev.heliograph.console.wire;

/// `WhoAmI` of the admin API's document (docs/openapi.json).
public record WhoAmI(String name, String role, String from) {}
