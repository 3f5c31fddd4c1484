package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.server.config.RedisConfig;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/// Which Redis a partition lives on, and the connections to each.
public final class RedisAccess implements AutoCloseable {

    private record Shard(Pipeliner commands, Subscriber subscriber) {}

    private final List<Shard> shards;

    /// Connects in the background; until then calls fail.
    ///
    /// @param name     of this use of Redis, for those who look at its list of clients
    /// @param prepare  makes a new connection for commands ready
    /// @param listener hears what is subscribed to
    public RedisAccess(RedisConfig config, String name, Consumer<Connection> prepare, Subscriber.Listener listener) {
        List<HostAndPort> addresses =
                config.addresses().stream().map(HostAndPort::from).toList();
        if (config.sentinelMaster().isEmpty()) {
            this.shards = addresses.stream()
                    .map(address -> shard(address.toString(), () -> address, config, name, prepare, listener))
                    .toList();
        } else {
            Sentinels sentinels = new Sentinels(
                    addresses, config.sentinelMaster(), login(config).build());
            this.shards = List.of(shard(config.sentinelMaster(), sentinels::current, config, name, prepare, listener));
        }
    }

    /// @param master where it is now
    private static Shard shard(
            String node,
            Supplier<HostAndPort> master,
            RedisConfig config,
            String name,
            Consumer<Connection> prepare,
            Subscriber.Listener listener) {
        JedisClientConfig commands = login(config).clientName(name).build();
        JedisClientConfig subscriber =
                login(config).clientName(name + "-subscriber").build();
        return new Shard(
                new Pipeliner(
                        node, () -> requireMaster(new Connection(master.get(), commands)), prepare, config.timeout()),
                new Subscriber(
                        node,
                        () -> requireMaster(new PubSubConnection(master.get(), subscriber)),
                        config.timeout(),
                        listener));
    }

    /// A replica would refuse writes, and hear nothing once its master is gone.
    private static <C extends Connection> C requireMaster(C connection) {
        Object role = connection.executeCommand(new CommandArguments(Command.ROLE));
        if (role instanceof List<?> parts
                && parts.getFirst() instanceof byte[] name
                && new String(name, UTF_8).equals("master")) {
            return connection;
        }
        connection.close();
        throw new JedisConnectionException("it is not a master");
    }

    private static DefaultJedisClientConfig.Builder login(RedisConfig config) {
        int timeout = (int) config.timeout().toMillis();
        DefaultJedisClientConfig.Builder login = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(timeout)
                .socketTimeoutMillis(timeout)
                .ssl(config.tls());
        if (!config.user().isEmpty()) {
            login.user(config.user());
        }
        if (!config.password().isEmpty()) {
            login.password(config.password());
        }
        return login;
    }

    /// Runs commands where a partition is.
    public Pipeliner commands(int partition) {
        return shard(partition).commands;
    }

    /// Hears messages of a partition.
    public Subscriber subscriber(int partition) {
        return shard(partition).subscriber;
    }

    private Shard shard(int partition) {
        return shards.get(JumpHash.bucket(partition, shards.size()));
    }

    @Override
    public void close() {
        shards.forEach(each -> {
            each.commands.close();
            each.subscriber.close();
        });
    }
}
