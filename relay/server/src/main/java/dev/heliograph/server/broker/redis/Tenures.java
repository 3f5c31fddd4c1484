package dev.heliograph.server.broker.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.server.redis.Partitions;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/// Tells each partition of a Redis, before anything else, which server it is on now.
///
/// A server that was started again, or a replica that became the master, may lack the latest publications, and would
/// give their offsets to others. So streams get a new epoch with each tenure of a server, and remember where the
/// earlier ones ended: a subscriber that had seen more than that is told so (the idea of the leader epochs of Kafka,
/// KIP-101).
final class Tenures {

    private static final Pattern RUN_ID = Pattern.compile("(?m)^run_id:(\\w+)\\s*$");

    private Tenures() {}

    /// @throws JedisDataException if Redis refuses
    static void begin(Connection redis, Keys keys) {
        String run = runId(redis);
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            redis.sendCommand(Scripts.TENURE.call(new byte[][] {keys.tenure(partition)}, run, UUID.randomUUID()));
        }
        for (Object reply : redis.getMany(Partitions.COUNT)) {
            // A node of a cluster has some of them only.
            if (reply instanceof JedisDataException refusal && !(refusal instanceof JedisMovedDataException)) {
                throw refusal;
            }
        }
    }

    private static String runId(Connection redis) {
        Object info = redis.executeCommand(new CommandArguments(Command.INFO).add("server"));
        Matcher line = RUN_ID.matcher(info instanceof byte[] text ? new String(text, UTF_8) : "");
        if (!line.find()) {
            throw new JedisDataException("INFO server tells no run_id");
        }
        return line.group(1);
    }
}
