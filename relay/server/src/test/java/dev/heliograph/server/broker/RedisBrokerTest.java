package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract on one Redis, as the user that `examples/cluster/redis.conf` recommends: who may no more than that.
class RedisBrokerTest extends BrokerContract {

    private static final Path EXAMPLE = Path.of("../../examples/cluster/redis.conf");

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() throws IOException {
        String user = Files.readAllLines(EXAMPLE).stream()
                .filter(line -> line.startsWith("user heliograph "))
                .findFirst()
                .orElseThrow();
        // The names that each test has to itself, instead of those of the default prefix.
        redis = RedisServer.start("--" + user.replace("heliograph:*", "test*:*"));
    }

    @AfterAll
    static void stopRedis() {
        String refused = redis.call("ACL", "LOG");
        redis.close();
        assertThat(refused).as("what the user of the example may not do").isEmpty();
    }

    @Override
    BrokerUnderTest underTest() {
        return new RedisUnderTest(prefix -> RedisUnderTest.config(
                List.of(redis.address()), "timeout: 10s, user: heliograph, password: demo, prefix: " + prefix));
    }
}
