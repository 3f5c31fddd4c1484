package dev.heliograph.server.broker;

import dev.heliograph.server.broker.redis.RedisBroker;
import dev.heliograph.server.config.RedisConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.RedisCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Brokers over a real Redis, however it is laid out.
///
/// @param settings how to reach it, with a prefix
record RedisUnderTest(Function<String, RedisConfig> settings) implements BrokerUnderTest {

    private static final AtomicInteger BROKERS = new AtomicInteger();

    /// Without sentinels and login; patient, since machines are busy and no test of the contract is about
    /// timeouts.
    static RedisConfig plain(List<String> addresses, String prefix) {
        return config(addresses, "timeout: 10s, prefix: " + prefix);
    }

    /// @param settings of `broker.redis` besides the address, as in a file: `prefix: a, user: b`
    static RedisConfig config(List<String> addresses, String settings) {
        return parse("address", addresses, settings);
    }

    static RedisConfig cluster(RedisCluster cluster, String settings) {
        return parse("cluster_address", cluster.addresses(), settings);
    }

    private static RedisConfig parse(String key, List<String> addresses, String settings) {
        return RelayConfig.parse("broker: {redis: {%s: %s, %s}}"
                        .formatted(key, addresses.stream().collect(Collectors.joining("', '", "['", "']")), settings))
                .redis();
    }

    /// A prefix of its own is as good as an empty Redis.
    @Override
    public Broker create() {
        return new RedisBroker(settings.apply("test" + BROKERS.incrementAndGet()));
    }

    /// Redis tells milliseconds apart; the rest is for what passes between two calls.
    @Override
    public Duration shortTtl() {
        return Duration.ofSeconds(2);
    }

    /// Time in Redis passes by itself.
    @Override
    public void pass(Duration time) {
        try {
            Thread.sleep(time.plusMillis(5));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
