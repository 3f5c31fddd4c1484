package dev.heliograph.server.broker;

import dev.heliograph.server.broker.redis.RedisBroker;
import dev.heliograph.server.config.RedisConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Brokers over a real Redis, however it is laid out.
///
/// @param settings how to reach it, with a prefix
record RedisUnderTest(Function<String, RedisConfig> settings) implements BrokerUnderTest {

    private static final AtomicInteger BROKERS = new AtomicInteger();

    /// For busy machines: no test is about timeouts.
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Without sentinels and login.
    static RedisConfig plain(List<String> addresses, String prefix) {
        return new RedisConfig(addresses, "", "", "", false, prefix, TIMEOUT);
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
