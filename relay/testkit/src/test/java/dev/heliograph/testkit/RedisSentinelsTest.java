package dev.heliograph.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisSentinelsTest {

    @Test
    void theReplicaTakesOverWhenTheMasterIsKilled() {
        try (RedisSentinels redis = RedisSentinels.start()) {
            assertThat(redis.sentinels()).hasSize(3).doesNotHaveDuplicates();
            RedisServer first = redis.master();
            first.call("SET", "key", "value");
            assertThat(first.call("WAIT", "1", "0")).isEqualTo("1");

            redis.killMaster();
            String address = redis.awaitNewMaster();

            assertThat(address).isEqualTo(redis.master().address()).isNotEqualTo(first.address());
            assertThat(redis.master().call("GET", "key")).isEqualTo("value");
            assertThat(redis.master().call("SET", "key", "other")).isEqualTo("OK");
        }
    }
}
