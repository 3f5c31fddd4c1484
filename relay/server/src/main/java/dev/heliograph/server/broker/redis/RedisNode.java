package dev.heliograph.server.broker.redis;

import java.util.function.Supplier;
import redis.clients.jedis.Connection;

/// One Redis server, or whoever is the master of it now.
///
/// @param name    for messages to operators
/// @param connect opens a connection; throws a `JedisException` if that is not possible now
record RedisNode(String name, Supplier<Connection> connect) {}
