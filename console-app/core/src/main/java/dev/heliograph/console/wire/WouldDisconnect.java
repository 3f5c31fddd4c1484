package dev.heliograph.console.wire;

import java.util.List;

/// `WouldDisconnect` of the admin API's document (docs/openapi.json).
public record WouldDisconnect(
        long matched, int selected, List<ConnectionRow> examples, long takesMs, List<String> missing) {}
