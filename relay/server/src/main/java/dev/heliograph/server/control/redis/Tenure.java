package dev.heliograph.server.control.redis;

import dev.heliograph.server.redis.Preparation;
import dev.heliograph.server.redis.Script;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/// Tells the store, before anything else, which server it is on now. One that was started again, or a replica
/// that became the master, may lack the latest commits, and would give their revisions to others, so that nodes
/// would not notice.
record Tenure(Keys keys) implements Preparation {

    /// More commits than can be lost at once, and far less than there are revisions that Lua can tell apart.
    private static final long LEAP = 1L << 20;

    @Override
    public void connected(Connection redis) {
        Script.load(redis, Scripts.ALL);
        redis.sendCommand(begin());
        // One of several servers, or a node of a cluster, may not have the partition.
        if (redis.getMany(1).getFirst() instanceof JedisDataException refusal
                && !(refusal instanceof JedisRedirectionException)) {
            throw refusal;
        }
    }

    @Override
    public CommandArguments moved(int partition) {
        return partition == Keys.PARTITION ? begin() : new CommandArguments(Command.PING);
    }

    private CommandArguments begin() {
        return Scripts.TENURE.call(new byte[][] {keys.meta}, LEAP);
    }
}
