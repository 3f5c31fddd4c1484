package dev.heliograph.console.wire;

/// `Hit` of the admin API's document (docs/openapi.json).
public record Hit(String id, String ip, String user) {}
