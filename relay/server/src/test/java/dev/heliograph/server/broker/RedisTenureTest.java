package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.redis.RedisBroker;
import dev.heliograph.testkit.RedisSentinels;
import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A Redis that comes back may have lost the latest publications. Who had seen them learns it; who had not goes on.
class RedisTenureTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final PublishOptions KEPT = PublishOptions.history(1_000, HOUR);

    private static Broker broker(List<String> addresses, String settings) {
        Broker broker = new RedisBroker(RedisUnderTest.config(addresses, settings));
        broker.start(new Hearing());
        return broker;
    }

    private static Broker broker(RedisServer redis) {
        return broker(List.of(redis.address()), "timeout: 2s");
    }

    private static StreamPosition publish(Broker broker, String text) {
        return broker.publish("news", Publication.of(Bytes.utf8(text)), KEPT).position();
    }

    private static HistoryPage history(Broker broker, long after) {
        return broker.history("news", new HistoryQuery(after, 1_000, false), HOUR);
    }

    private static List<String> texts(HistoryPage page) {
        return page.publications().stream().map(each -> each.data().text()).toList();
    }

    private static void awaitBack(Broker broker) {
        await().atMost(LONG).ignoreExceptions().until(() -> {
            broker.presence("news");
            return true;
        });
    }

    @Test
    void whatARestartedRedisHasLostIsNotTakenForWhatComesInItsPlace() {
        try (RedisServer redis = RedisServer.start();
                Broker broker = broker(redis)) {
            publish(broker, "1");
            StreamPosition kept = publish(broker, "2");
            redis.call("SAVE");
            StreamPosition lost = publish(broker, "lost");
            redis.kill();
            redis.restart();
            awaitBack(broker);

            StreamPosition instead = publish(broker, "3");
            StreamPosition further = publish(broker, "4");

            assertThat(instead.offset()).isEqualTo(lost.offset());
            HistoryPage page = history(broker, kept.offset());
            assertThat(page.top()).isEqualTo(further);
            assertThat(page.continues(lost)).isFalse();
            assertThat(page.continues(kept)).isTrue();
            assertThat(texts(page)).containsExactly("3", "4");
        }
    }

    @Test
    void whoOnlyReadsAfterARestartBeginsTheNewEpochToo() {
        try (RedisServer redis = RedisServer.start();
                Broker broker = broker(redis)) {
            StreamPosition kept = publish(broker, "1");
            redis.call("SAVE");
            redis.kill();
            redis.restart();
            awaitBack(broker);
            HistoryPage page = history(broker, 0);
            assertThat(page.top().epoch()).isNotEqualTo(kept.epoch());
            assertThat(page.continues(kept)).isTrue();
            assertThat(publish(broker, "2"))
                    .isEqualTo(new StreamPosition(2, page.top().epoch()));
        }
    }

    @Test
    void anEpochEndsWhereALaterOneGoesOnFromLess() {
        try (RedisServer redis = RedisServer.start();
                Broker broker = broker(redis)) {
            StreamPosition first = publish(broker, "1");
            redis.call("SAVE");
            StreamPosition second = publish(broker, "2");
            for (int i = 0; i < 2; i++) {
                // The second restart undoes what the first epoch after it had.
                redis.kill();
                redis.restart();
                awaitBack(broker);
                publish(broker, "other 2");
            }
            HistoryPage page = history(broker, 0);
            assertThat(texts(page)).containsExactly("1", "other 2");
            assertThat(page.continues(first)).isTrue();
            assertThat(page.continues(second)).isFalse();
        }
    }

    @Test
    void aConnectionThatWasLostIsNoNewEpoch() {
        try (RedisServer redis = RedisServer.start();
                Broker broker = broker(redis)) {
            StreamPosition before = publish(broker, "1");
            redis.call("CLIENT", "KILL", "TYPE", "normal");
            awaitBack(broker);
            assertThat(publish(broker, "2")).isEqualTo(new StreamPosition(2, before.epoch()));
            try (Broker other = broker(redis)) {
                assertThat(publish(other, "3")).isEqualTo(new StreamPosition(3, before.epoch()));
            }
        }
    }

    @Test
    void anAcknowledgedPublicationIsOnTheReplicaThatTakesOver() {
        try (RedisSentinels redis = RedisSentinels.start();
                Broker broker = broker(
                        redis.sentinels(),
                        "timeout: 2s, wait_replicas: 1, sentinel_master_name: " + redis.masterName())) {
            StreamPosition last = StreamPosition.START;
            for (int i = 1; i <= 200; i++) {
                last = publish(broker, Integer.toString(i));
            }
            redis.killMaster();
            redis.awaitNewMaster();
            awaitBack(broker);
            HistoryPage page = history(broker, 0);
            assertThat(page.top().offset()).isEqualTo(200);
            assertThat(page.continues(last)).isTrue();
        }
    }

    @Test
    void aPublishThatNoReplicaHasFailsAndARetryDoesNotPretend() {
        try (RedisServer redis = RedisServer.start("--repl-diskless-sync-delay 0");
                RedisServer replica = RedisServer.start("--replicaof 127.0.0.1 " + redis.port());
                Broker broker = broker(List.of(redis.address()), "timeout: 1s, wait_replicas: 1")) {
            await().atMost(LONG).until(() -> redis.call("INFO", "replication").contains("state=online"));
            PublishOptions once = new PublishOptions(1_000, HOUR, HOUR, "key", HOUR, 0, "");
            Publication news = Publication.of(Bytes.utf8("1"));
            replica.pause();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> broker.publish("news", news, once))
                        .isInstanceOf(BrokerException.class)
                        .hasMessageContaining("0 of 1 replicas");
                // What was written over another connection counts as well.
                redis.call("CLIENT", "KILL", "TYPE", "normal");
                awaitBack(broker);
            }
            // It is there all the same, and with the replica the same key says so.
            assertThat(texts(history(broker, 0))).containsExactly("1");
            replica.resume();
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(broker.publish("news", news, once).suppressed())
                                    .isTrue());
        }
    }
}
