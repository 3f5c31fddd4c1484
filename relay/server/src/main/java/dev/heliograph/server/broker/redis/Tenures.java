package dev.heliograph.server.broker.redis;

import dev.heliograph.server.redis.Partitions;
import java.util.UUID;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/// Tells each partition of a Redis, before anything else, which server it is on now.
///
/// A server that was started again, or a replica that became the master, may lack the latest publications, and would
/// give their offsets to others. So streams get a new epoch with each tenure of a server, and remember where the
/// earlier ones ended: a subscriber that had seen more than that is told so (the idea of the leader epochs of Kafka,
/// KIP-101).
///
/// Whoever publishes has told the server so before: over the same connection when it was new, which is also how a
/// replica that was promoted hears of it; or, when a slot of a cluster has moved to a server that was connected
/// already, before anything else is sent there about the partition. A move carries the tenure along with the streams,
/// and begins another one all the same: nobody knows whether a server that lost something had a part in it.
final class Tenures {

    private Tenures() {}

    /// Tells all partitions over a new connection.
    ///
    /// @throws JedisDataException if Redis refuses
    static void begin(Connection redis, Keys keys) {
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            redis.sendCommand(begin(partition, keys));
        }
        for (Object reply : redis.getMany(Partitions.COUNT)) {
            // A node of a cluster has some of them only.
            if (reply instanceof JedisDataException refusal && !(refusal instanceof JedisRedirectionException)) {
                throw refusal;
            }
        }
    }

    /// Tells a partition.
    static CommandArguments begin(int partition, Keys keys) {
        return Scripts.TENURE.call(new byte[][] {keys.tenure(partition)}, UUID.randomUUID());
    }
}
