package dev.heliograph.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.redis.RedisBroker;
import dev.heliograph.server.redis.Partitions;
import dev.heliograph.testkit.RedisCluster;
import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/// What a broker does while masters of a cluster die and slots move.
class RedisClusterFaultsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final PublishOptions KEPT = PublishOptions.history(100_000, HOUR);
    private static final String PREFIX = "faults";

    /// Knows but one node at first.
    private static Broker broker(RedisCluster cluster, Duration timeout) {
        String seed = cluster.addresses().get(1);
        return new RedisBroker(RedisUnderTest.config(
                List.of("unused:1"),
                "cluster_address: ['%s'], prefix: %s, timeout: %dms".formatted(seed, PREFIX, timeout.toMillis())));
    }

    private static StreamPosition publish(Broker broker, String channel, String text) {
        return broker.publish(channel, Publication.of(Bytes.utf8(text)), KEPT).position();
    }

    private static HistoryPage history(Broker broker, String channel) {
        return broker.history(channel, new HistoryQuery(0, 1_000_000, false), HOUR);
    }

    private static List<String> texts(HistoryPage page) {
        return page.publications().stream().map(each -> each.data().text()).toList();
    }

    private static String tagged(String channel) {
        return new String(Partitions.tagged(PREFIX, Partitions.of(channel)), UTF_8);
    }

    private static int slot(String channel) {
        return JedisClusterCRC16.getSlot(tagged(channel));
    }

    /// A channel that lives on a node.
    private static String channelAt(RedisCluster cluster, RedisServer node) {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> "channel" + number)
                .filter(channel -> cluster.owner(slot(channel)) == node)
                .findFirst()
                .orElseThrow();
    }

    /// Other channels of the same partition.
    private static List<String> neighbours(String channel, int count) {
        return IntStream.range(0, 100_000)
                .mapToObj(number -> channel + "-" + number)
                .filter(other -> Partitions.of(other) == Partitions.of(channel))
                .limit(count)
                .toList();
    }

    private static void awaitHeardAgain(Broker broker, Hearing heard, String channel, String text) {
        await().atMost(LONG).ignoreExceptions().until(() -> {
            publish(broker, channel, text);
            return heard.texts(channel).contains(text);
        });
    }

    private static void awaitReached(Hearing heard, String channel, StreamPosition position) {
        await().atMost(LONG).until(() -> heard.positions().contains(new Hearing.News.Reached(channel, position)));
    }

    @Test
    void whenAMasterDiesItsReplicaGetsThePublicationsAndTheSubscribers() {
        try (RedisCluster cluster = RedisCluster.startWithReplicas();
                Broker broker = broker(cluster, Duration.ofSeconds(30))) {
            Hearing heard = new Hearing();
            broker.start(heard);
            String hit = channelAt(cluster, cluster.nodes().get(0));
            String other = channelAt(cluster, cluster.nodes().get(1));
            List<String> more = neighbours(hit, 700);
            more.forEach(broker::subscribe);
            broker.subscribe(hit);
            broker.subscribe(other);
            StreamPosition before = publish(broker, hit, "before");
            publish(broker, other, "before");
            await().until(() ->
                    heard.texts(hit).contains("before") && heard.texts(other).contains("before"));
            cluster.awaitReplica(0);

            cluster.nodes().get(0).kill();

            assertThatThrownBy(() -> publish(broker, hit, "lost")).isInstanceOf(BrokerException.class);
            // Others may have to wait for the cluster to be whole, but do not fail.
            publish(broker, other, "meanwhile");
            cluster.awaitFailover(0);
            awaitHeardAgain(broker, heard, hit, "after");
            awaitHeardAgain(broker, heard, other, "after");
            String last = more.getLast();
            awaitHeardAgain(broker, heard, last, "after");
            assertThat(history(broker, hit).continues(before)).isTrue();
            assertThat(texts(history(broker, hit))).startsWith("before", "after");
            StreamPosition end = publish(broker, hit, "end");
            awaitReached(heard, hit, end);
        }
    }

    @Test
    void aMasterThatHandsOverToItsReplicaLosesNothing() throws Exception {
        try (RedisCluster cluster = RedisCluster.startWithReplicas();
                Broker broker = broker(cluster, Duration.ofSeconds(10))) {
            Hearing heard = new Hearing();
            broker.start(heard);
            String channel = channelAt(cluster, cluster.nodes().get(0));
            broker.subscribe(channel);
            try (Flow flow = new Flow(broker, channel)) {
                flow.awaitMore(20);
                RedisServer replica = cluster.replicas().get(0);
                replica.call("CLUSTER", "FAILOVER");
                await().atMost(LONG).until(() -> cluster.owner(slot(channel)) == replica);
                flow.awaitMore(20);
                awaitHeardAgain(broker, heard, channel, "heard again");
                flow.close();
                flow.assertKept(history(broker, channel));
            }
        }
    }

    @Test
    void aSlotMovesWhileMessagesFlow() throws Exception {
        try (RedisCluster cluster = RedisCluster.start();
                Broker publisher = broker(cluster, Duration.ofMillis(500));
                Broker subscriber = broker(cluster, Duration.ofSeconds(10))) {
            Hearing heard = new Hearing();
            publisher.start(new Hearing());
            subscriber.start(heard);
            String channel = channelAt(cluster, cluster.nodes().get(0));
            List<String> channels = neighbours(channel, 4);
            channels.forEach(subscriber::subscribe);
            List<Flow> flows =
                    channels.stream().map(each -> new Flow(publisher, each)).toList();
            flows.forEach(flow -> flow.awaitMore(20));

            RedisServer to = cluster.nodes().get(2);
            cluster.moveSlot(
                    slot(channel), to, moved -> flows.get(moved % flows.size()).awaitMore(1));

            for (Flow flow : flows) {
                flow.awaitMore(20);
                awaitHeardAgain(publisher, heard, flow.channel, "end");
                flow.close();
            }
            for (Flow flow : flows) {
                HistoryPage page = history(subscriber, flow.channel);
                flow.assertKept(page);
                // No offset twice, in order, and what the history says.
                List<Publication> told = heard.publications(flow.channel);
                assertThat(told).extracting(Publication::offset).isSorted().doesNotHaveDuplicates();
                assertThat(Set.copyOf(page.publications())).containsAll(told);
                // What was missed meanwhile is noticed, as the position is beyond it.
                awaitReached(heard, flow.channel, page.top());
            }
            assertThat(cluster.owner(slot(channel))).isSameAs(to);
            assertThat(to.call("HGET", tagged(channel) + "t", "r"))
                    .as("the new master has been told")
                    .isEqualTo(runId(to));
        }
    }

    @Test
    void aSlotOnItsWayIsServedWhereverItsKeysAreTogether() {
        try (RedisCluster cluster = RedisCluster.start();
                Broker broker = broker(cluster, Duration.ofSeconds(1))) {
            broker.start(new Hearing());
            String channel = channelAt(cluster, cluster.nodes().get(0));
            StreamPosition first = publish(broker, channel, "before");
            cluster.moveSlot(slot(channel), cluster.nodes().get(1), moved -> {
                switch (moved) {
                    case 0 -> assertThat(publish(broker, channel, "here")).isEqualTo(after(first, 1));
                    case 3 -> assertThat(publish(broker, channel, "there")).isEqualTo(after(first, 2));
                    // Stream, position and tenure must be together.
                    default ->
                        assertThatThrownBy(() -> publish(broker, channel, "apart"))
                                .isInstanceOf(BrokerException.class)
                                .hasMessageContaining("TRYAGAIN");
                }
            });
            assertThat(texts(history(broker, channel))).containsExactly("before", "here", "there");
            publish(broker, channel, "after");
            HistoryPage page = history(broker, channel);
            assertThat(texts(page)).containsExactly("before", "here", "there", "after");
            assertThat(page.continues(after(first, 2))).isTrue();
        }
    }

    private static StreamPosition after(StreamPosition position, int count) {
        return new StreamPosition(position.offset() + count, position.epoch());
    }

    private static String runId(RedisServer redis) {
        return redis.call("INFO", "server")
                .lines()
                .filter(line -> line.startsWith("run_id:"))
                .map(line -> line.substring("run_id:".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void messagesAreSentByTheMasterOfTheirSlotAlone() {
        try (RedisCluster cluster = RedisCluster.start();
                Broker broker = broker(cluster, Duration.ofSeconds(10))) {
            Hearing heard = new Hearing();
            broker.start(heard);
            List<String> channels = cluster.nodes().stream()
                    .map(node -> channelAt(cluster, node))
                    .toList();
            channels.forEach(broker::subscribe);
            for (int i = 0; i < channels.size(); i++) {
                String channel = channels.get(i);
                publish(broker, channel, "kept");
                broker.publish(channel, Publication.of(Bytes.utf8("passing")), PublishOptions.NO_HISTORY);
                broker.publish(
                        channel,
                        Publication.of(Bytes.utf8("once")),
                        new PublishOptions(0, Duration.ZERO, HOUR, "key", HOUR, 0, ""));
                broker.publishJoin(channel, new ClientInfo("user", "client", Bytes.EMPTY, Bytes.EMPTY));
                await().until(() -> heard.of(channel).size() == 4);
                assertThat(cluster.nodes().get(i).call("PUBSUB", "SHARDCHANNELS"))
                        .isEqualTo(tagged(channel) + "c:" + channel);
            }
            for (RedisServer node : cluster.nodes()) {
                assertThat(node.call("PUBSUB", "CHANNELS")).isEmpty();
                // What plain pub/sub sends to all other nodes is counted there.
                assertThat(node.call("CLUSTER", "INFO")).doesNotContain("messages_publish");
            }
        }
    }

    @Test
    void aUserOfAnAclMayDoWhatTheBrokerDoesInACluster() {
        try (RedisCluster cluster = RedisCluster.start(
                        "--user relay on >secret ~faults:* &faults:* +@all -@dangerous +role +info");
                Broker broker = new RedisBroker(
                        RedisUnderTest.cluster(cluster, "prefix: faults, user: relay, password: secret"))) {
            Hearing heard = new Hearing();
            broker.start(heard);
            broker.subscribe("news");
            publish(broker, "news", "fine");
            await().until(() -> heard.texts("news").contains("fine"));
        }
    }

    /// Publishes numbers until it is closed; one that fails is not tried again.
    private static final class Flow implements AutoCloseable {

        /// The test is about order, not load.
        private static final Duration PACE = Duration.ofMillis(1);

        private final String channel;
        private final Thread thread;
        private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();

        Flow(Broker broker, String channel) {
            this.channel = channel;
            this.thread = Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    int number = attempts.get();
                    try {
                        publish(broker, channel, Integer.toString(number));
                        acknowledged.add(number);
                    } catch (BrokerException _) {
                        // It may have been stored or not.
                    }
                    attempts.incrementAndGet();
                    LockSupport.parkNanos(PACE.toNanos());
                }
            });
        }

        /// Waits until so many more were published or have failed.
        void awaitMore(int count) {
            int until = attempts.get() + count;
            await().atMost(LONG).until(() -> attempts.get() >= until);
        }

        /// Everything that was acknowledged is there, nothing is there twice, all in order, without a gap.
        void assertKept(HistoryPage page) {
            List<Integer> numbers = texts(page).stream()
                    .filter(text -> Character.isDigit(text.charAt(0)))
                    .map(Integer::valueOf)
                    .toList();
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
            assertThat(Set.copyOf(numbers)).containsAll(acknowledged);
            assertThat(page.publications().stream().map(Publication::offset).toList())
                    .isEqualTo(LongStream.rangeClosed(1, page.top().offset())
                            .boxed()
                            .toList());
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            thread.join();
        }
    }
}
