package dev.heliograph.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.control.ControlStore.Stored;
import dev.heliograph.testkit.RedisSentinels;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A store in a Redis that is found through sentinels, and fails over.
class RedisSentinelStoreTest {

    @Test
    void aFailoverIsNoticedByWhoeverKnewTheOldMaster() {
        try (RedisSentinels redis = RedisSentinels.start();
                ControlStore store = new RedisStores(() -> "wait_replicas: 1, address: ['"
                                + String.join("', '", redis.sentinels()) + "'], sentinel_master_name: "
                                + redis.masterName())
                        .create()) {
            store.commit(List.of(Note.put("a", "1")), Note.line("ann", "a"));
            redis.killMaster();
            redis.awaitNewMaster();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(ControlException.class)
                    .until(() -> store.revision() > 0);
            assertThat(store.changesSince(1)).isEmpty();
            assertThat(store.snapshot().documents()).extracting(Stored::id).containsExactly("a");
            assertThat(store.audit(Note.all(10)).entries()).hasSize(1);
        }
    }
}
