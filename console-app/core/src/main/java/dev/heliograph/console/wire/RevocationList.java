package dev.heliograph.console.wire;

import java.util.List;

/// `RevocationList` of the admin API's document (docs/openapi.json).
public record RevocationList(List<RevocationRow> revocations, boolean more) {}
