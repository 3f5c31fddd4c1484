package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `ConnectionRow` of the admin API's document (docs/openapi.json).
public record ConnectionRow(
        String id,
        String user,
        String ip,
        String node,
        String nodeId,
        String colour,
        String client,
        String version,
        String encoding,
        String transport,
        boolean tls,
        long openedAt,
        long connectedAt,
        @Nullable Long expiresAt,
        int subscriptions,
        long queueBytes,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut,
        double inRate,
        double outRate,
        double inBytesRate,
        double outBytesRate,
        long rateWindowMs,
        @Nullable Integer rttMs,
        long idleMs,
        boolean readPaused) {}
