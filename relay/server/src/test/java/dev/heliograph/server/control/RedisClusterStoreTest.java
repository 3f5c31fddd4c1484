package dev.heliograph.server.control;

import dev.heliograph.testkit.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract on a Redis Cluster.
class RedisClusterStoreTest extends ControlStoreContract {

    private static RedisCluster redis;

    private final RedisStores stores =
            new RedisStores(() -> "cluster_address: ['" + String.join("', '", redis.addresses()) + "']");

    @BeforeAll
    static void startRedis() {
        redis = RedisCluster.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    ControlStore create() {
        return stores.create();
    }

    @Override
    ControlStore reopen() {
        return stores.reopen();
    }
}
