package dev.heliograph.server.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.MemoryBus;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.observe.About;
import dev.heliograph.server.observe.FollowSpec;
import dev.heliograph.server.observe.FollowSpec.Target;
import dev.heliograph.server.observe.Log;
import dev.heliograph.server.observe.Redactor;
import dev.heliograph.server.observe.TraceEvent.Kind;
import dev.heliograph.server.observe.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two nodes of which one follows, over a bus with faults.
class FollowsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final About ALICE = Log.about("client-1", "alice", "192.0.2.1");
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl";

    private final MemoryBus.Wire wire = new MemoryBus.Wire();
    private final Peer one = new Peer("one", Follows.LEASE);
    private final Peer two = new Peer("two", Duration.ofSeconds(2));

    private final class Peer {
        private final MemoryBus bus = wire.bus();
        private final Tracer tracer = new Tracer(Clock.systemUTC());
        private final Cluster cluster;
        private final Follows follows;

        Peer(String name, Duration lease) {
            Node node =
                    new Node(name, name, "localhost:1", "1", "", 0, false, new Node.Load(0, 0, 0, 0, 0, 1, 0, 0, 0));
            cluster = new Cluster(bus, () -> node);
            follows = new Follows(cluster, tracer, node, () -> Redactor.of("a-secret-of-this-relay"), lease);
        }

        void happens(int number) {
            tracer.event(Kind.COMMAND, ALICE, "", "ping " + number);
        }
    }

    /// Who follows.
    private static final class Told implements Follows.Listener {
        private final BlockingQueue<FollowedEvent> events = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> missing = new LinkedBlockingQueue<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final CountDownLatch listening;
        private volatile long shown;
        private volatile long dropped;

        /// @param listening what it waits for before it takes anything
        Told(CountDownLatch listening) {
            this.listening = listening;
        }

        @Override
        public void onEvents(List<FollowedEvent> fresh, long left, List<String> notThere) {
            try {
                assertThat(listening.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            events.addAll(fresh);
            missing.addAll(notThere);
        }

        @Override
        public void onEnd(long all, long left) {
            shown = all;
            dropped = left;
            ended.countDown();
        }

        FollowedEvent next() throws InterruptedException {
            FollowedEvent event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("an event").isNotNull();
            return event;
        }

        List<String> rest() {
            List<FollowedEvent> rest = new ArrayList<>();
            events.drainTo(rest);
            return rest.stream().map(FollowedEvent::detail).toList();
        }

        void awaitEnd() throws InterruptedException {
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @BeforeEach
    void start() {
        one.cluster.start();
        two.cluster.start();
        await().atMost(LONG)
                .until(() ->
                        one.cluster.nodes().size() == 2 && two.cluster.nodes().size() == 2);
    }

    @AfterEach
    void stop() {
        for (Peer each : List.of(one, two)) {
            each.follows.close();
            each.tracer.close();
            each.cluster.close();
        }
    }

    private Told follow(Peer at) {
        Told told = new Told(new CountDownLatch(0));
        at.follows.begin(alice(), told);
        return told;
    }

    private static FollowSpec alice() {
        return new FollowSpec(Target.USER, "alice", Duration.ofMinutes(10), 1, false);
    }

    @Test
    void whenItHasBegunEventsOfAllNodesComeOnceAndWithoutSecrets() throws InterruptedException {
        one.bus.twice = true;
        two.bus.twice = true;
        Told told = follow(one);
        for (int i = 0; i < 100; i++) {
            (i % 2 == 0 ? one : two).happens(i);
        }
        two.tracer.event(Kind.DISCONNECTED, ALICE, "", "3500 " + TOKEN + " a-secret-of-this-relay");
        List<FollowedEvent> events = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            events.add(told.next());
        }
        assertThat(events)
                .filteredOn(event -> event.kind() == Kind.COMMAND)
                .hasSize(100)
                .doesNotHaveDuplicates();
        assertThat(events).filteredOn(event -> event.node().equals("two")).hasSize(51);
        assertThat(events)
                .filteredOn(event -> event.kind() == Kind.DISCONNECTED)
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).isEqualTo("3500 [redacted] [redacted]"));
        two.happens(101);
        assertThat(told.next().detail()).isEqualTo("ping 101");
    }

    @Test
    void whatIsTooMuchIsCountedToTheLastOne() throws InterruptedException {
        CountDownLatch listening = new CountDownLatch(1);
        Told told = new Told(listening);
        try (Following _ = one.follows.begin(alice(), told)) {
            for (int i = 0; i < 10_000; i++) {
                two.happens(i);
            }
            listening.countDown();
        }
        told.awaitEnd();
        assertThat(told.shown).isPositive();
        assertThat(told.dropped).isPositive();
        assertThat(told.shown + told.dropped).isEqualTo(10_000);
        assertThat(told.rest()).hasSize((int) told.shown).doesNotHaveDuplicates();
    }

    @Test
    void whatHappensWhileAnswersAreLostComesLater() throws InterruptedException {
        Told told = follow(one);
        two.bus.broken = true;
        IntStream.range(0, 10).forEach(two::happens);
        assertThat(told.missing.poll(30, TimeUnit.SECONDS)).isEqualTo("two does not answer");
        two.bus.broken = false;
        for (int i = 0; i < 10; i++) {
            assertThat(told.next().detail()).isEqualTo("ping " + i);
        }
    }

    @Test
    void whoWasNotAskedForLongerThanTheLeaseSaysThatEventsAreLost() throws InterruptedException {
        Told told = follow(one);
        two.happens(1);
        assertThat(told.next().detail()).isEqualTo("ping 1");
        two.bus.cut = true;
        await().atMost(LONG).until(() -> two.tracer.follows().isEmpty());
        two.happens(2);
        two.bus.cut = false;
        await().atMost(LONG).until(() -> told.missing.contains("two begins anew: events in between are lost"));
        two.happens(3);
        assertThat(told.next().detail()).isEqualTo("ping 3");
    }

    @Test
    void whoIsNotAskedAnyMoreStopsByItself() {
        follow(one);
        assertThat(two.tracer.follows()).hasSize(1);
        one.bus.cut = true;
        await().atMost(LONG).until(() -> two.tracer.follows().isEmpty());
    }

    @Test
    void whenItIsClosedAllNodesStop() throws InterruptedException {
        Told told = new Told(new CountDownLatch(0));
        one.follows.begin(alice(), told).close();
        told.awaitEnd();
        assertThat(one.tracer.follows()).isEmpty();
        assertThat(two.tracer.follows()).isEmpty();
    }

    @Test
    void whenItsTimeIsOverItEnds() throws InterruptedException {
        Told told = new Told(new CountDownLatch(0));
        one.follows.begin(new FollowSpec(Target.USER, "alice", Duration.ofMillis(1), 1, false), told);
        told.awaitEnd();
        await().atMost(LONG).until(() -> two.tracer.follows().isEmpty());
    }

    @Test
    void aNodeThatFollowsTooMuchAlreadySaysSo() throws Exception {
        List<AutoCloseable> others = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            others.add(two.tracer.follow(alice(), _ -> {}));
        }
        Told told = follow(one);
        assertThat(told.missing.poll(30, TimeUnit.SECONDS)).isEqualTo("two: 16 things are followed already");
        assertThatThrownBy(() -> two.follows.begin(alice(), told)).isInstanceOf(IllegalStateException.class);
        for (AutoCloseable other : others) {
            other.close();
        }
        await().atMost(LONG).until(() -> two.tracer.follows().size() == 1);
        two.happens(1);
        assertThat(told.next().node()).isEqualTo("two");
    }
}
