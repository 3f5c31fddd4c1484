package dev.heliograph.cli.init;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a team has answered.
///
/// @param connections at the same time, at most
/// @param latency     within which 99 of 100 messages are to arrive
/// @param hosts       IPv4 addresses; empty if they are not known yet
/// @param redis       empty for Redis on hosts of the inventory
/// @param origins     of web pages that may connect; empty if they are not known yet
record Answers(
        Purpose purpose,
        int connections,
        Duration latency,
        Guarantee guarantee,
        List<String> hosts,
        Optional<ManagedRedis> redis,
        List<String> origins) {

    /// More would be a hundred relays or more. Who needs that many has figures of their own.
    static final int MAX_CONNECTIONS = 500_000;

    Answers {
        if (connections < 1 || connections > MAX_CONNECTIONS || latency.toMillis() < 1) {
            throw new IllegalArgumentException("no connections, too many, or no latency");
        }
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
    }
}
