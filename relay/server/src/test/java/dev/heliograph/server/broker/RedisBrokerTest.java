package dev.heliograph.server.broker;

import dev.heliograph.testkit.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract on one Redis.
class RedisBrokerTest extends BrokerContract {

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    BrokerUnderTest underTest() {
        return new RedisUnderTest(prefix -> RedisUnderTest.plain(List.of(redis.address()), prefix));
    }
}
