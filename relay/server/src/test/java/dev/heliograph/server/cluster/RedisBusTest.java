package dev.heliograph.server.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.cluster.redis.RedisBus;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.RedisCluster;
import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The bus over real Redis servers.
class RedisBusTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static Bus bus(RedisServer... servers) {
        String addresses = Stream.of(servers).map(RedisServer::address).collect(Collectors.joining("', '", "['", "']"));
        return new RedisBus(RelayConfig.parse("broker: {redis: {timeout: 2s, address: " + addresses + "}}")
                .redis());
    }

    private static Bus bus(RedisCluster cluster) {
        String address = cluster.nodes().getFirst().address();
        return new RedisBus(RelayConfig.parse("broker: {redis: {timeout: 2s, cluster_address: ['" + address + "']}}")
                .redis());
    }

    private static List<String> hearing(Bus bus, String node) {
        List<String> heard = new CopyOnWriteArrayList<>();
        bus.start(node, message -> heard.add(new String(message, UTF_8)));
        return heard;
    }

    /// Sends until it has arrived, since listening begins in the background.
    private static void awaitHeard(Bus from, String text, List<String> heard) {
        await().atMost(LONG).ignoreExceptionsInstanceOf(ClusterException.class).until(() -> {
            from.toAll(text.getBytes(UTF_8));
            return heard.contains(text);
        });
    }

    @Test
    void aMessageIsHeardByAllOrByTheOneItIsFor() {
        try (RedisServer redis = RedisServer.start();
                Bus a = bus(redis);
                Bus b = bus(redis)) {
            List<String> atA = hearing(a, "a");
            List<String> atB = hearing(b, "b");
            awaitHeard(a, "all", atA);
            awaitHeard(a, "all", atB);
            await().atMost(LONG).until(() -> {
                a.to("b", "only b".getBytes(UTF_8));
                return atB.contains("only b");
            });
            awaitHeard(a, "end", atA);
            assertThat(atA).doesNotContain("only b");
        }
    }

    @Test
    void aRedisClusterCarriesIt() {
        try (RedisCluster redis = RedisCluster.start();
                Bus a = bus(redis);
                Bus b = bus(redis)) {
            List<String> atA = hearing(a, "a");
            List<String> atB = hearing(b, "b");
            awaitHeard(a, "all", atB);
            awaitHeard(b, "all", atA);
            await().atMost(LONG).until(() -> {
                a.to("b", "only b".getBytes(UTF_8));
                return atB.contains("only b");
            });
            assertThat(atA).doesNotContain("only b");
        }
    }

    @Test
    void anyOfSeveralServersCarriesIt() {
        try (RedisServer one = RedisServer.start();
                RedisServer two = RedisServer.start();
                RedisServer three = RedisServer.start();
                Bus a = bus(one, two, three);
                Bus b = bus(one, two, three)) {
            hearing(a, "a");
            List<String> atB = hearing(b, "b");
            awaitHeard(a, "three are there", atB);
            one.kill();
            awaitHeard(a, "two are there", atB);
            two.kill();
            awaitHeard(a, "one is there", atB);
            three.kill();
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThatThrownBy(() -> a.toAll(new byte[] {1})).isInstanceOf(ClusterException.class));
            two.restart();
            awaitHeard(a, "one is back", atB);
        }
    }
}
