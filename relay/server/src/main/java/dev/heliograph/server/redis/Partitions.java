package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import redis.clients.jedis.util.JedisClusterCRC16;

/// The parts that everything in Redis is divided into. The names of a partition carry its hash tag, so that a Redis
/// Cluster keeps them in one slot, and channels of one partition can be subscribed to in one command.
public final class Partitions {

    /// Enough to spread over many nodes evenly, few enough that batches of one partition are worth it.
    public static final int COUNT = 128;

    /// Of a Redis Cluster.
    private static final int SLOTS = 16_384;

    private static final int SLOTS_EACH = SLOTS / COUNT;

    /// How far a tag's slot may be from the middle of its partition's share. Close enough that the borders
    /// between the masters of a small cluster do not fall into it: each then has as many partitions as any
    /// other, or one more.
    private static final int TOLERANCE = 4;

    /// Among so many numbers there is a tag for each partition: about 17,000 are looked at.
    private static final int NUMBERS = 100_000;

    private static final String[] TAGS = tags();

    private Partitions() {}

    /// Slots are given to masters in long ranges, and the slots of small numbers are anywhere: tags are chosen
    /// so that the partitions are spread over the slots evenly.
    private static String[] tags() {
        String[] tags = new String[COUNT];
        int found = 0;
        for (int number = 0; number < NUMBERS && found < COUNT; number++) {
            String tag = Integer.toString(number, Character.MAX_RADIX);
            int slot = JedisClusterCRC16.getSlot(tag);
            int partition = slot / SLOTS_EACH;
            if (tags[partition] == null && Math.abs(slot % SLOTS_EACH - SLOTS_EACH / 2) <= TOLERANCE) {
                tags[partition] = tag;
                found++;
            }
        }
        if (found < COUNT) {
            throw new IllegalStateException("a partition has no tag");
        }
        return tags;
    }

    /// The partition that a name belongs to, by its hash: 0 to [#COUNT] - 1.
    public static int of(String name) {
        int hash = name.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & COUNT - 1;
    }

    /// What names of a partition begin with: `prefix:{tag}:`.
    public static byte[] tagged(String prefix, int partition) {
        return (prefix + ":{" + TAGS[partition] + "}:").getBytes(UTF_8);
    }

    /// The slot of a Redis Cluster that the names of a partition are in.
    static int slot(int partition) {
        return JedisClusterCRC16.getSlot(TAGS[partition]);
    }

    /// The partition that has names in a slot; another one has none there.
    static int ofSlot(int slot) {
        return slot / SLOTS_EACH;
    }
}
