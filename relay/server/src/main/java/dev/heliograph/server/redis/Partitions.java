package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The parts that everything in Redis is divided into. The names of a partition carry its hash tag, so that a Redis
/// Cluster keeps them in one slot, and channels of one partition can be subscribed to in one command.
public final class Partitions {

    /// Enough to spread over many nodes evenly, few enough that batches of one partition are worth it.
    public static final int COUNT = 128;

    private Partitions() {}

    /// The partition that a name belongs to, by its hash: 0 to [#COUNT] - 1.
    public static int of(String name) {
        int hash = name.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & COUNT - 1;
    }

    /// What names of a partition begin with: `prefix:{tag}:`.
    public static byte[] tagged(String prefix, int partition) {
        return (prefix + ":{" + partition + "}:").getBytes(UTF_8);
    }
}
