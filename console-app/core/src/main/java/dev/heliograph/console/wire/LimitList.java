package dev.heliograph.console.wire;

import java.util.List;

/// `LimitList` of the admin API's document (docs/openapi.json).
public record LimitList(List<LimitRow> limits) {}
