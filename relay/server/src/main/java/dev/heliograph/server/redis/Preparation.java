package dev.heliograph.server.redis;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;

/// What a Redis is told before anything else.
public interface Preparation {

    /// Makes a new connection for commands ready, by loading scripts for example; also called when scripts got
    /// lost. What concerns partitions that are elsewhere may be refused.
    void connected(Connection redis);

    /// What a server is told when a partition has moved to it, before anything else about that partition.
    CommandArguments moved(int partition);
}
