package dev.heliograph.console.wire;

/// `FollowRow` of the admin API's document (docs/openapi.json).
public record FollowRow(
        long at,
        String node,
        FollowKind kind,
        String client,
        String user,
        String ip,
        String channel,
        String detail,
        long bytes,
        String preview) {}
