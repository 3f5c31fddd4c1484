package dev.heliograph.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.cluster.redis.RedisBus;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.control.redis.RedisStore;
import dev.heliograph.testkit.FaultProxy;
import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Nodes that share a real Redis.
class ControlClusterTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private static RedisServer redis;

    private final String prefix = "test" + PREFIXES.incrementAndGet();
    private final List<TestNode> nodes = new ArrayList<>();

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start("--appendonly yes", "--appendfsync everysec");
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(TestNode::close);
    }

    /// The control of a node, and what it is made of.
    private final class TestNode implements AutoCloseable {
        final ManualClock clock = new ManualClock();
        final Heard heard = new Heard();
        final Cluster cluster;
        final Control control;

        TestNode(String name, String address) {
            RelayConfig config = RelayConfig.parse(
                    "broker: {redis: {timeout: 2s, prefix: %s, address: ['%s']}}".formatted(prefix, address));
            Node node =
                    new Node(name, name, name + ":8000", "1", "", 1, false, new Node.Load(0, 0, 0, 0, 0, 1, 0, 0, 0));
            cluster = new Cluster(new RedisBus(config.redis()), () -> node);
            control = new Control(new RedisStore(config.redis(), config.control()), cluster, clock);
            control.listen(Note.TYPE, heard);
            control.start();
            cluster.start();
            nodes.add(this);
        }

        Commit commit(Edit<?>... edits) {
            return control.commit(
                    List.of(edits), Note.line(cluster.nodes().getFirst().name(), "x"));
        }

        List<Document<Note>> documents() {
            return control.all(Note.TYPE).stream()
                    .sorted(Comparator.comparing(Document::id))
                    .toList();
        }

        void awaitLoaded() {
            await().atMost(LONG).until(control::isLoaded);
        }

        @Override
        public void close() {
            control.close();
            cluster.close();
        }
    }

    private void awaitEachOther(TestNode... all) {
        for (TestNode node : all) {
            await().atMost(LONG).until(() -> node.cluster.nodes().size() == all.length);
        }
    }

    private TestNode node(String name) {
        return new TestNode(name, redis.address());
    }

    @Test
    void aCommitOnOneNodeIsInForceOnTheOtherWhenItReturns() {
        TestNode a = node("a");
        TestNode b = node("b");
        awaitEachOther(a, b);
        for (int i = 1; i <= 30; i++) {
            TestNode from = i % 2 == 0 ? a : b;
            assertThat(from.commit(Note.put("n", "" + i), Note.put("n" + i, "x")))
                    .isEqualTo(new Commit(i, List.of()));
            assertThat(a.heard.words).contains("n=" + i).hasSize(2 * i);
            assertThat(b.heard.words).contains("n=" + i).hasSize(2 * i);
        }
        a.commit(Note.delete("n"));
        assertThat(b.control.find(Note.TYPE, "n")).isEmpty();
        assertThat(b.heard.words).endsWith("-n");
    }

    @Test
    void aNodeThatHearsNothingFindsItAndIsNotTakenForOneThatConfirmed() throws Exception {
        try (FaultProxy proxy = FaultProxy.start(redis.port())) {
            TestNode a = node("a");
            TestNode b = new TestNode("b", proxy.address());
            awaitEachOther(a, b);
            proxy.mode(FaultProxy.Mode.SWALLOW, "subscriber");
            CompletableFuture<Commit> commit = CompletableFuture.supplyAsync(() -> a.commit(Note.put("n", "1")));
            await().atMost(LONG).until(() -> b.heard.words.contains("n=1"));
            assertThat(commit.isDone())
                    .as("waits for the answer that does not come")
                    .isFalse();
            assertThat(commit.get().revision()).isEqualTo(1);
            assertThat(commit.get().unconfirmed()).containsExactly("b does not answer");
        }
    }

    @Test
    void aNodeThatCannotReadTheStoreIsNotTakenForOneThatConfirmed() throws Exception {
        try (FaultProxy proxy = FaultProxy.start(redis.port())) {
            TestNode a = node("a");
            TestNode b = new TestNode("b", proxy.address());
            awaitEachOther(a, b);
            proxy.mode(FaultProxy.Mode.CUT, "heliograph-control-store");
            assertThat(a.commit(Note.put("n", "1"))).isEqualTo(new Commit(1, List.of("b could not read it")));
            assertThat(b.documents()).isEmpty();
            proxy.mode(FaultProxy.Mode.PASS);
            await().atMost(LONG).until(() -> b.heard.words.contains("n=1"));
            assertThat(a.commit(Note.put("n", "2"))).isEqualTo(new Commit(2, List.of()));
        }
    }

    @Test
    void eachNodeEndsADocumentByItsOwnClock() {
        TestNode a = node("a");
        TestNode b = node("b");
        awaitEachOther(a, b);
        a.commit(Note.put("n", "1", a.clock.millis() + 3_600_000, 0));
        b.clock.pass(Duration.ofHours(2));
        await().atMost(LONG).until(() -> b.heard.words.contains("-n"));
        assertThat(a.documents()).hasSize(1);
        a.clock.pass(Duration.ofHours(2));
        await().atMost(LONG).until(() -> a.heard.words.contains("-n"));
        assertThat(a.documents()).isEmpty();
    }

    @Test
    void oneOfTwoThatExpectTheSameWins() {
        TestNode a = node("a");
        TestNode b = node("b");
        awaitEachOther(a, b);
        long revision = a.commit(Note.put("n", "1", 0, 0)).revision();
        b.commit(Note.put("n", "2", 0, revision));
        assertThatThrownBy(() -> a.commit(Note.put("n", "3", 0, revision))).isInstanceOf(ConflictException.class);
        assertThat(a.documents()).isEqualTo(b.documents()).hasSize(1);
        assertThat(a.documents().getFirst().body().text()).isEqualTo("2");
    }

    @Test
    void commitsOfTwoNodesAtOnceAreHeardInOneOrder() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        awaitEachOther(a, b);
        AtomicInteger turn = new AtomicInteger();
        List<List<Commit>> commits = ControlStoreContract.inParallel(4, () -> {
            TestNode from = turn.incrementAndGet() % 2 == 0 ? a : b;
            List<Commit> mine = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                mine.add(from.commit(Note.put("n" + i, Thread.currentThread().getName() + i)));
            }
            return mine;
        });
        assertThat(commits.stream().flatMap(List::stream))
                .hasSize(60)
                .allMatch(commit -> commit.unconfirmed().isEmpty());
        assertThat(a.documents()).isEqualTo(b.documents()).hasSize(15);
        for (TestNode node : List.of(a, b)) {
            assertThat(node.heard.revisions).isSorted().doesNotHaveDuplicates().endsWith(60L);
            assertThat(node.heard.overlaps).hasValue(0);
        }
        assertThat(a.control.audit(Note.all(100)).entries()).hasSize(60);
    }

    @Test
    void aRestartOfAllNodesAndOfRedisLosesNothing() {
        TestNode a = node("a");
        TestNode b = node("b");
        awaitEachOther(a, b);
        for (int i = 0; i < 10; i++) {
            (i % 2 == 0 ? a : b).commit(Note.put("n" + i, "x", a.clock.millis() + 3_600_000, 0));
        }
        List<Document<Note>> documents = a.documents();
        List<AuditEntry> record = a.control.audit(Note.all(100)).entries();
        a.close();
        b.close();
        nodes.clear();
        redis.restart();
        TestNode c = node("c");
        c.awaitLoaded();
        assertThat(c.documents()).isEqualTo(documents).hasSize(10);
        assertThat(c.control.audit(Note.all(100)).entries()).isEqualTo(record).hasSize(10);
    }

    @Test
    void whileRedisIsAwayWhatIsKnownStaysInForce() {
        TestNode a = node("a");
        TestNode b = node("b");
        awaitEachOther(a, b);
        a.commit(Note.put("n", "1"), Note.put("e", "1", a.clock.millis() + 3_600_000, 0));
        redis.kill();
        try {
            assertThatThrownBy(() -> a.commit(Note.put("n", "2"))).isInstanceOf(ControlException.class);
            b.clock.pass(Duration.ofHours(2));
            await().atMost(LONG).until(() -> b.heard.words.contains("-e"));
            assertThat(b.documents()).extracting(Document::id).containsExactly("n");
            assertThat(a.documents()).extracting(Document::id).containsExactly("e", "n");
        } finally {
            redis.restart();
        }
        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(ControlException.class)
                .until(() -> b.commit(Note.put("n", "3", 0, 1)).revision() > 0);
        await().atMost(LONG).until(() -> a.heard.words.contains("n=3"));
        assertThat(a.heard.words).doesNotContain("-n", "-e");
    }

    @Test
    void aNodeThatStartsWithoutRedisLoadsAsSoonAsItIsThere() {
        try (FaultProxy proxy = FaultProxy.start(redis.port())) {
            TestNode a = node("a");
            a.commit(Note.put("n", "1"));
            proxy.mode(FaultProxy.Mode.CUT);
            TestNode b = new TestNode("b", proxy.address());
            assertThat(b.control.isLoaded()).isFalse();
            assertThat(b.documents()).isEmpty();
            proxy.mode(FaultProxy.Mode.PASS);
            b.awaitLoaded();
            assertThat(b.heard.words).containsExactly("n=1");
        }
    }

    @Test
    void aRedisThatLostEverythingGetsItBackFromTheNodes() {
        try (RedisServer forgetful = RedisServer.start()) {
            TestNode a = new TestNode("a", forgetful.address());
            TestNode b = new TestNode("b", forgetful.address());
            awaitEachOther(a, b);
            a.commit(Note.put("m", "1"), Note.put("n", "1", a.clock.millis() + 3_600_000, 0));
            b.commit(Note.put("n", "2", a.clock.millis() + 3_600_000, 1));
            forgetful.kill();
            forgetful.restart();
            TestNode c = new TestNode("c", forgetful.address());
            await().atMost(LONG).until(() -> c.documents().size() == 2);
            await().atMost(LONG).until(() -> a.documents().equals(b.documents()));
            assertThat(c.documents())
                    .isEqualTo(a.documents())
                    .extracting(each -> each.body().text())
                    .containsExactly("1", "2");
            assertThat(a.heard.words).doesNotContain("-m", "-n");
            assertThat(b.heard.words).doesNotContain("-m", "-n");
            assertThat(c.control.audit(Note.all(10)).entries())
                    .extracting(AuditEntry::action)
                    .containsExactly("control.restore");
        }
    }

    @Test
    void aNodeThatMissedTooMuchReadsEverything() {
        TestNode a = node("a");
        TestNode b = node("b");
        awaitEachOther(a, b);
        a.commit(Note.put("stays", "1"), Note.put("goes", "1"));
        List<Edit<Note>> many = new ArrayList<>(
                IntStream.range(0, 6_000).mapToObj(i -> Note.put("n" + i, "x")).toList());
        many.add(Note.delete("goes"));
        assertThat(b.control.commit(many, Note.line("ann", "import")).unconfirmed())
                .isEmpty();
        for (TestNode node : List.of(a, b)) {
            assertThat(node.documents()).hasSize(6_001);
            assertThat(node.heard.words).containsOnlyOnce("stays=1", "n0=x", "n5999=x", "-goes");
        }
    }
}
