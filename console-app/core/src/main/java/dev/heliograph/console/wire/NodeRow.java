package dev.heliograph.console.wire;

/// `NodeRow` of the admin API's document (docs/openapi.json).
public record NodeRow(
        String id,
        String name,
        String address,
        String version,
        String colour,
        boolean self,
        boolean draining,
        long started,
        int clients,
        int users,
        int channels,
        int subscriptions,
        double cpu,
        int processors,
        long rss,
        long handshakesAccepted,
        long handshakesRefused) {}
