package dev.heliograph.console.wire;

import java.util.List;

/// `DrainList` of the admin API's document (docs/openapi.json).
public record DrainList(List<DrainRow> drains) {}
