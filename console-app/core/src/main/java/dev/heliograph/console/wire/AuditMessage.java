package dev.heliograph.console.wire;

/// `AuditMessage` of the admin API's document (docs/openapi.json).
public record AuditMessage(String type, AuditRow entry) implements StreamMessage {}
