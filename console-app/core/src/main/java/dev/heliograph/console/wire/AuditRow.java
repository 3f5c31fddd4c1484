package dev.heliograph.console.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// `AuditRow` of the admin API's document (docs/openapi.json).
public record AuditRow(
        String id,
        long at,
        String operator,
        String role,
        String from,
        String action,
        String target,
        String reason,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        String outcome) {}
