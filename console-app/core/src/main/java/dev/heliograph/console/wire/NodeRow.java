package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

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
        long handshakesRefused,
        @Nullable NodeTraffic traffic) {

    /// A node of a version that does not tell its traffic.
    public NodeRow(
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
            long handshakesRefused) {
        this(
                id,
                name,
                address,
                version,
                colour,
                self,
                draining,
                started,
                clients,
                users,
                channels,
                subscriptions,
                cpu,
                processors,
                rss,
                handshakesAccepted,
                handshakesRefused,
                null);
    }
}
