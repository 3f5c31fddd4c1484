package dev.heliograph.server.redis;

import dev.heliograph.server.config.RedisConfig;
import dev.heliograph.server.observe.Instruments;
import java.util.List;
import redis.clients.jedis.HostAndPort;

/// Connections to the Redis that each partition lives on, whatever the topology.
public final class RedisAccess implements AutoCloseable {

    private final Topology topology;

    /// Connects in the background; until then calls fail.
    ///
    /// @param name        of this use of Redis, for those who look at its list of clients
    /// @param preparation makes new connections for commands ready
    /// @param listener    hears what is subscribed to
    public RedisAccess(RedisConfig config, String name, Preparation preparation, Subscriber.Listener listener) {
        this(config, name, preparation, listener, Instruments.off());
    }

    /// Likewise, and tells what it does.
    public RedisAccess(
            RedisConfig config,
            String name,
            Preparation preparation,
            Subscriber.Listener listener,
            Instruments instruments) {
        RedisMeter meter = new RedisMeter(instruments, name);
        this.topology = topology(config, new Connector(config, name, preparation, listener, meter), preparation);
    }

    private static Topology topology(RedisConfig config, Connector connector, Preparation preparation) {
        if (!config.clusterAddresses().isEmpty()) {
            SlotSource slots = new SlotSource(parse(config.clusterAddresses()), connector.plain());
            return new Cluster(connector::clusterNode, slots, preparation, config.timeout(), Cluster.IDLE);
        }
        List<HostAndPort> addresses = parse(config.addresses());
        if (!config.sentinelMaster().isEmpty()) {
            Sentinels sentinels = new Sentinels(addresses, config.sentinelMaster(), connector.plain());
            return new Shards(List.of(connector.shard(config.sentinelMaster(), sentinels::current)));
        }
        return new Shards(addresses.stream()
                .map(address -> connector.shard(address.toString(), () -> address))
                .toList());
    }

    private static List<HostAndPort> parse(List<String> addresses) {
        return addresses.stream().map(HostAndPort::from).toList();
    }

    /// Runs commands where a partition is.
    ///
    /// @throws RedisException if nobody knows where it is
    public Commands commands(int partition) {
        return topology.commands(partition);
    }

    /// Hears messages of a partition.
    ///
    /// @throws RedisException if nobody knows where it is
    public Subscriptions subscriber(int partition) {
        return topology.subscriptions(partition);
    }

    @Override
    public void close() {
        topology.close();
    }
}
