package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.config.RedisConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.testkit.RedisCluster;
import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/// How connections follow the partitions.
class ClusterTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<Integer> told = ConcurrentHashMap.newKeySet();
    private RedisCluster redis;
    private Cluster cluster;

    @BeforeEach
    void start() {
        redis = RedisCluster.start();
        RedisConfig config = RelayConfig.parse("broker: {redis: {cluster_address: ['%s']}}"
                        .formatted(redis.addresses().get(2)))
                .redis();
        Preparation preparation = new Preparation() {
            @Override
            public void connected(Connection connection) {}

            @Override
            public CommandArguments moved(int partition) {
                told.add(partition);
                return new CommandArguments(Command.INCR).key(name(partition, "moves"));
            }
        };
        Connector connector = new Connector(
                config,
                "test",
                preparation,
                new Subscriber.Listener() {
                    @Override
                    public void onMessage(byte[] name, byte[] message) {
                        heard.add(new String(message, UTF_8));
                    }

                    @Override
                    public void onResubscribed() {}
                },
                new RedisMeter(Instruments.off(), "test"));
        cluster = new Cluster(
                connector::clusterNode,
                new SlotSource(
                        List.of(HostAndPort.from(config.clusterAddresses().getFirst())), connector.plain()),
                preparation,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        cluster.close();
        redis.close();
    }

    private static byte[] name(int partition, String rest) {
        byte[] tag = Partitions.tagged("test", partition);
        return (new String(tag, UTF_8) + rest).getBytes(UTF_8);
    }

    private Object get(int partition, String rest) {
        Object reply = cluster.commands(partition).call(new CommandArguments(Command.GET).key(name(partition, rest)));
        return reply instanceof byte[] text ? new String(text, UTF_8) : "";
    }

    private static long connections(RedisServer node) {
        return node.call("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains(" name=test"))
                .count();
    }

    @Test
    void eachMasterHasOneConnectionForCommandsAndOneForSubscriptions() {
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            assertThat(get(partition, "moves")).isEqualTo("1");
        }
        assertThat(told).hasSize(Partitions.COUNT);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(redis.nodes())
                        .allSatisfy(node -> assertThat(connections(node)).isEqualTo(2)));
    }

    @Test
    void aNodeWithoutPartitionsIsLeft() {
        RedisServer left = redis.nodes().get(0);
        RedisServer next = redis.nodes().get(1);
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            cluster.subscriptions(partition).subscribe(name(partition, "channel"));
        }
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            if (redis.owner(Partitions.slot(partition)) == left) {
                redis.moveSlot(Partitions.slot(partition), next, _ -> {});
            }
        }
        await().atMost(LONG).until(() -> connections(left) == 0);
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            // Those of the first node have been told again.
            boolean moved = Partitions.slot(partition) * 3 < 16_384;
            assertThat(get(partition, "moves")).isEqualTo(moved ? "2" : "1");
            byte[] channel = name(partition, "channel");
            String message = "message " + partition;
            Commands commands = cluster.commands(partition);
            await().atMost(LONG).until(() -> {
                commands.call(
                        pubSub -> new CommandArguments(pubSub.publish())
                                .add(channel)
                                .add(message),
                        0);
                return heard.contains(message);
            });
        }
        assertThat(connections(left)).isZero();
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotSubscribedToAtTheNextMaster() {
        byte[] channel = name(0, "channel");
        cluster.subscriptions(0).subscribe(channel);
        cluster.subscriptions(0).subscribe(name(0, "other"));
        cluster.subscriptions(0).unsubscribe(channel);
        RedisServer next = redis.nodes().get(1);
        redis.moveSlot(Partitions.slot(0), next, _ -> {});
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(next.call("PUBSUB", "SHARDCHANNELS"))
                        .isEqualTo(new String(name(0, "other"), UTF_8)));
    }
}
