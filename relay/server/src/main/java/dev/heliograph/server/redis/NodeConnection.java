package dev.heliograph.server.redis;

import java.util.Collection;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/// A connection to one Redis that knows the pub/sub of it.
final class NodeConnection extends Connection {

    private final HostAndPort address;
    private PubSub pubSub = PubSub.PLAIN;

    /// @param config whose timeouts hold for the login
    NodeConnection(HostAndPort address, JedisClientConfig config) {
        super(address, config);
        this.address = address;
    }

    HostAndPort address() {
        return address;
    }

    PubSub pubSub() {
        return pubSub;
    }

    /// Uses the best pub/sub that the node of a cluster knows.
    void askForPubSub() {
        pubSub = PubSub.of(this);
    }

    /// Sends at once. One thread may do so while another one reads.
    void sendNow(Collection<CommandArguments> commands) {
        commands.forEach(this::sendCommand);
        flush();
    }
}
