package dev.heliograph.server.broker;

import dev.heliograph.testkit.RedisSentinels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract on a Redis that is found through sentinels.
class RedisSentinelTest extends BrokerContract {

    private static RedisSentinels redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisSentinels.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    BrokerUnderTest underTest() {
        return new RedisUnderTest(prefix -> RedisUnderTest.config(
                redis.sentinels(),
                "timeout: 10s, sentinel_master_name: %s, prefix: %s".formatted(redis.masterName(), prefix)));
    }
}
