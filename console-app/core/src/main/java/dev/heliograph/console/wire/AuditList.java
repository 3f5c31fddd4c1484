package dev.heliograph.console.wire;

import java.util.List;

/// `AuditList` of the admin API's document (docs/openapi.json).
public record AuditList(List<AuditRow> entries, boolean more) {}
