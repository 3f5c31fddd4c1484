package dev.heliograph.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.control.ControlStore.Stored;
import dev.heliograph.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The contract on one Redis, as the user that `examples/cluster/redis.conf` recommends: who may no more than
/// that. And what becomes of it when Redis is started again.
class RedisStoreTest extends ControlStoreContract {

    private static final Path EXAMPLE = Path.of("../../examples/cluster/redis.conf");

    private static RedisServer redis;

    private final RedisStores stores =
            new RedisStores(() -> "address: ['" + redis.address() + "'], user: heliograph, password: demo");

    @BeforeAll
    static void startRedis() throws IOException {
        String user = Files.readAllLines(EXAMPLE).stream()
                .filter(line -> line.startsWith("user heliograph "))
                .findFirst()
                .orElseThrow();
        // The names that each test has to itself, instead of those of the default prefix.
        redis = RedisServer.start(
                "--appendonly yes", "--appendfsync everysec", "--" + user.replace("heliograph:*", "test*:*"));
    }

    @AfterAll
    static void stopRedis() {
        String refused = redis.call("ACL", "LOG");
        redis.close();
        assertThat(refused).as("what the user of the example may not do").isEmpty();
    }

    @Override
    ControlStore create() {
        return stores.create();
    }

    @Override
    ControlStore reopen() {
        return stores.reopen();
    }

    private void awaitRedis() {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(ControlException.class)
                .until(() -> store.revision() > 0);
    }

    @Test
    void neitherAKillNorARestartOfRedisLosesACommit() {
        for (int i = 1; i <= 20; i++) {
            store.commit(List.of(Note.put("" + i, "x")), Note.line("ann", "" + i));
            if (i == 10) {
                redis.kill();
                redis.restart();
                awaitRedis();
            }
        }
        redis.restart();
        awaitRedis();
        assertThat(store.snapshot().documents()).extracting(Stored::id).hasSize(20);
        assertThat(store.audit(Note.all(100)).entries()).hasSize(20);
    }

    @Test
    void revisionsThatARestartMayHaveLostAreNeverGivenAgain() {
        store.commit(List.of(Note.put("a", "1")), Note.line("ann", "a"));
        redis.restart();
        awaitRedis();
        // Nodes that are at the revision of before must read everything.
        assertThat(store.changesSince(1)).isEmpty();
        assertThat(store.revision()).isGreaterThan(1_000_000);
        assertThat(store.snapshot().revision()).isEqualTo(store.revision());
        long next = store.commit(List.of(Note.put("a", "2", 0, 1)), Note.line("ann", "a"));
        assertThat(store.changesSince(next - 1).orElseThrow().documents()).hasSize(1);
    }

    @Test
    void aCommitWhileRedisIsAwayFails() {
        redis.kill();
        try {
            assertThatThrownBy(() -> store.commit(List.of(Note.put("a", "1")), Note.line("ann", "a")))
                    .isInstanceOf(ControlException.class);
        } finally {
            redis.restart();
        }
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(ControlException.class)
                .until(() -> store.commit(List.of(Note.put("a", "1", 0, 0)), Note.line("ann", "a")) > 0);
    }

    @Test
    void theOldestLinesGoFirst() {
        try (ControlStore small = stores.withAuditMaxEntries(1_000)) {
            for (int i = 0; i < 1_500; i++) {
                small.record(Note.line("ann", "" + i));
            }
            AuditPage page = small.audit(Note.all(1_000));
            assertThat(page.entries()).extracting(AuditEntry::target).startsWith("1499", "1498");
            // Redis drops lines by whole nodes of its stream.
            String oldest = page.entries().getLast().id();
            assertThat(small.audit(new AuditQuery(0, 0, "", "", "", oldest, 1_000))
                            .entries())
                    .hasSizeLessThan(200);
        }
    }

    @Test
    void aLargeCommitLeavesNothingBehind() {
        store.commit(
                IntStream.range(0, 2_000).mapToObj(i -> Note.put("" + i, "x")).toList(), Note.line("ann", "import"));
        assertThat(redis.call("KEYS", stores.prefix() + ":*ctl:s:*")).isEmpty();
        assertThat(redis.call("KEYS", stores.prefix() + ":*").lines()).hasSize(4);
    }
}
