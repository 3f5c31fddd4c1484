package dev.heliograph.server.redis;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/// A connection that one thread reads from while another writes to it, which subscriptions need.
final class PubSubConnection extends Connection {

    /// @param config whose timeouts hold for the login; later reads take any time
    PubSubConnection(HostAndPort address, JedisClientConfig config) {
        super(address, config);
    }

    /// Sends at once. Only one thread at a time.
    void sendNow(CommandArguments command) {
        sendCommand(command);
        flush();
    }
}
