package dev.heliograph.server.broker;

import dev.heliograph.testkit.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract on a Redis Cluster, with sharded pub/sub.
class RedisClusterTest extends BrokerContract {

    private static RedisCluster redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisCluster.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    BrokerUnderTest underTest() {
        return new RedisUnderTest(prefix -> RedisUnderTest.cluster(redis, "timeout: 10s, prefix: " + prefix));
    }
}
