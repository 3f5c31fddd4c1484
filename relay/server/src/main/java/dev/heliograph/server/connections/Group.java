package dev.heliograph.server.connections;

import java.util.Comparator;

/// Connections that have something in common, as sums.
///
/// @param key         what they have in common, as [GroupBy] writes it
/// @param connections how many
/// @param queueBytes  what their peers have not taken yet
/// @param inRate      messages a second from the clients
/// @param outRate     messages a second to them
public record Group(
        String key,
        long connections,
        long queueBytes,
        double inRate,
        double outRate,
        double inBytesRate,
        double outBytesRate) {

    /// What groups are sorted by, the largest first.
    public enum Measure {
        CONNECTIONS,
        QUEUE,
        IN_RATE,
        OUT_RATE,
        IN_BYTES_RATE,
        OUT_BYTES_RATE;

        double of(Group group) {
            return switch (this) {
                case CONNECTIONS -> group.connections;
                case QUEUE -> group.queueBytes;
                case IN_RATE -> group.inRate;
                case OUT_RATE -> group.outRate;
                case IN_BYTES_RATE -> group.inBytesRate;
                case OUT_BYTES_RATE -> group.outBytesRate;
            };
        }

        Comparator<Group> order() {
            return Comparator.comparingDouble((Group group) -> of(group))
                    .reversed()
                    .thenComparing(Group::key);
        }
    }

    static Group empty(String key) {
        return new Group(key, 0, 0, 0, 0, 0, 0);
    }

    static Group of(String key, Row row) {
        return new Group(key, 1, row.queueBytes(), row.inRate(), row.outRate(), row.inBytesRate(), row.outBytesRate());
    }

    Group plus(Group other) {
        return new Group(
                key,
                connections + other.connections,
                queueBytes + other.queueBytes,
                inRate + other.inRate,
                outRate + other.outRate,
                inBytesRate + other.inBytesRate,
                outBytesRate + other.outBytesRate);
    }
}
