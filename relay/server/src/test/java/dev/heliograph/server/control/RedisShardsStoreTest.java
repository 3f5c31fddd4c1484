package dev.heliograph.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.control.ControlStore.Stored;
import dev.heliograph.testkit.RedisServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A store in one of several Redis.
class RedisShardsStoreTest {

    @Test
    void oneServerHasAllOfIt() {
        try (RedisServer one = RedisServer.start();
                RedisServer two = RedisServer.start();
                RedisServer three = RedisServer.start()) {
            RedisStores stores = new RedisStores(
                    () -> "address: ['%s', '%s', '%s']".formatted(one.address(), two.address(), three.address()));
            try (ControlStore store = stores.create();
                    ControlStore another = stores.reopen()) {
                store.commit(List.of(Note.put("a", "1"), Note.put("b", "2")), Note.line("ann", "a"));
                assertThat(another.snapshot().documents())
                        .extracting(Stored::id)
                        .containsExactlyInAnyOrder("a", "b");
                assertThat(List.of(one, two, three))
                        .filteredOn(redis -> !redis.call("KEYS", "*ctl:d").isEmpty())
                        .hasSize(1);
            }
        }
    }
}
