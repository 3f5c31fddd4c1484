package dev.heliograph.console.wire;

import java.util.List;

/// `FollowMessage` of the admin API's document (docs/openapi.json).
public record FollowMessage(String type, List<FollowRow> events, long dropped, List<String> missing)
        implements StreamMessage {}
