package dev.heliograph.console.wire;

import java.util.List;

/// `GroupList` of the admin API's document (docs/openapi.json).
public record GroupList(
        List<GroupRow> groups, long others, GroupRow rest, long matched, boolean exact, List<String> missing) {}
