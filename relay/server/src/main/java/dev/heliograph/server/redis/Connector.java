package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.server.config.RedisConfig;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/// Opens connections with the login and the TLS of the configuration.
final class Connector {

    /// The longest wait for a connection to a master that sentinels name. Right before a failover they name
    /// the one that is gone; a host without power refuses nothing, and a node that waits the whole timeout for
    /// it comes late to the new one. A node that has not got through asks the sentinels again.
    private static final int SENTINEL_CONNECT_MILLIS = 500;

    private final RedisConfig config;
    private final Preparation preparation;
    private final Subscriber.Listener listener;
    private final RedisMeter meter;
    private final JedisClientConfig plain;
    private final JedisClientConfig commands;
    private final JedisClientConfig subscriptions;

    /// @param name     of this use of Redis, for those who look at its list of clients
    /// @param listener hears what is subscribed to
    Connector(
            RedisConfig config, String name, Preparation preparation, Subscriber.Listener listener, RedisMeter meter) {
        this.config = config;
        this.meter = meter;
        this.preparation = preparation;
        this.listener = listener;
        this.plain = login().build();
        this.commands = login().clientName(name).build();
        this.subscriptions = login().clientName(name + "-subscriber").build();
    }

    private DefaultJedisClientConfig.Builder login() {
        int timeout = (int) config.timeout().toMillis();
        DefaultJedisClientConfig.Builder login = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(
                        config.sentinelMaster().isEmpty() ? timeout : Math.min(timeout, SENTINEL_CONNECT_MILLIS))
                .socketTimeoutMillis(timeout);
        if (config.tls().enabled()) {
            login.ssl(true).sslSocketFactory(Tls.factory(config.tls())).sslParameters(Tls.parameters());
        }
        if (!config.user().isEmpty()) {
            login.user(config.user());
        }
        if (!config.password().isEmpty()) {
            login.password(config.password());
        }
        return login;
    }

    /// For questions about other servers: to sentinels, and to any node of a cluster.
    JedisClientConfig plain() {
        return plain;
    }

    /// The master of some partitions that never move.
    ///
    /// @param name   for messages to operators
    /// @param master where it is now
    Node shard(String name, Supplier<HostAndPort> master) {
        return new Node(
                new Pipeliner(
                        name,
                        () -> requireMaster(new NodeConnection(master.get(), commands)),
                        preparation::connected,
                        config.timeout(),
                        meter),
                new Subscriber(
                        name,
                        () -> requireMaster(new NodeConnection(master.get(), subscriptions)),
                        connection -> isReplaced(connection, master),
                        config.timeout(),
                        listener));
    }

    /// A master of a cluster.
    ///
    /// @param misplaced told of slots that the node has not got, though channels of it are wanted
    Node clusterNode(HostAndPort address, Subscriber.Misplaced misplaced) {
        return new Node(
                new Pipeliner(
                        address.toString(),
                        () -> clusterMaster(address, commands),
                        preparation::connected,
                        config.timeout(),
                        meter),
                new Subscriber(
                        address.toString(),
                        () -> clusterMaster(address, subscriptions),
                        config.timeout(),
                        listener,
                        misplaced));
    }

    private static boolean isReplaced(NodeConnection connection, Supplier<HostAndPort> master) {
        try {
            return !master.get().equals(connection.address());
        } catch (JedisConnectionException _) {
            // Nobody knows.
            return false;
        }
    }

    private static NodeConnection clusterMaster(HostAndPort address, JedisClientConfig login) {
        NodeConnection node = requireMaster(new NodeConnection(address, login));
        try {
            node.askForPubSub();
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /// A replica would refuse writes, and hear nothing once its master is gone.
    private static <C extends Connection> C requireMaster(C connection) {
        try {
            Object role = connection.executeCommand(new CommandArguments(Command.ROLE));
            if (role instanceof List<?> parts
                    && parts.getFirst() instanceof byte[] name
                    && new String(name, UTF_8).equals("master")) {
                return connection;
            }
            throw new JedisConnectionException("it is not a master");
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
