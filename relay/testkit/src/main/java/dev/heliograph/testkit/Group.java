package dev.heliograph.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Servers that end together, the last one first.
final class Group implements AutoCloseable {

    /// Sentinels that were kept waiting for a processor do nothing for half a minute (their TILT mode).
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<RedisServer> servers = new ArrayList<>();

    RedisServer add(RedisServer server) {
        servers.add(server);
        return server;
    }

    /// Waits until every one of some servers is in a state; one that does not answer is not.
    static void awaitAll(String state, List<RedisServer> some, Predicate<RedisServer> condition) {
        await(state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> some.stream().allMatch(condition));
    }

    @Override
    public void close() {
        servers.reversed().forEach(RedisServer::close);
    }
}
