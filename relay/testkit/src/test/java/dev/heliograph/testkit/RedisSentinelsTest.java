package dev.heliograph.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RedisSentinelsTest {

    @Test
    void theReplicaTakesOverWhenTheMasterIsKilled() {
        try (RedisSentinels redis = RedisSentinels.start()) {
            assertThat(redis.sentinels()).hasSize(3).doesNotHaveDuplicates();
            RedisServer first = redis.master();
            first.call("SET", "key", "value");
            awaitReplica(first);

            redis.killMaster();
            String address = redis.awaitNewMaster();

            assertThat(address).isEqualTo(redis.master().address()).isNotEqualTo(first.address());
            assertThat(redis.master().call("GET", "key")).isEqualTo("value");
            assertThat(redis.master().call("SET", "key", "other")).isEqualTo("OK");
        }
    }

    /// WAIT would need the connection that wrote: it only looks at what that one has seen.
    private static void awaitReplica(RedisServer master) {
        long written = number(master, "master_repl_offset:(\\d+)");
        Group.awaitAll(
                "a replica that has everything",
                List.of(master),
                server -> number(server, "slave0:.*offset=(\\d+)") >= written);
    }

    private static long number(RedisServer server, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(server.call("INFO", "replication"));
        assertThat(found.find()).as(pattern).isTrue();
        return Long.parseLong(found.group(1));
    }
}
