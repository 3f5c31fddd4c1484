package dev.heliograph.server.broker;

import dev.heliograph.testkit.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract on three Redis that share the channels.
class RedisShardsTest extends BrokerContract {

    private static List<RedisServer> shards;

    @BeforeAll
    static void startRedis() {
        shards = List.of(RedisServer.start(), RedisServer.start(), RedisServer.start());
    }

    @AfterAll
    static void stopRedis() {
        shards.forEach(RedisServer::close);
    }

    @Override
    BrokerUnderTest underTest() {
        return new RedisUnderTest(prefix ->
                RedisUnderTest.plain(shards.stream().map(RedisServer::address).toList(), prefix));
    }
}
