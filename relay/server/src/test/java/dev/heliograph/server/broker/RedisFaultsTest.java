package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.redis.RedisBroker;
import dev.heliograph.testkit.FaultProxy;
import dev.heliograph.testkit.RedisSentinels;
import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What a broker does while its Redis, or the way to it, is not well.
class RedisFaultsTest {

    private static final PublishOptions KEPT = PublishOptions.history(1_000, Duration.ofHours(1));

    private static Broker broker(String address) {
        return broker(List.of(address), "");
    }

    private static Broker broker(List<String> addresses, String settings) {
        return new RedisBroker(RedisUnderTest.config(addresses, "prefix: faults, timeout: 2s, " + settings));
    }

    private static StreamPosition publish(Broker broker, String text) {
        return broker.publish("news", Publication.of(Bytes.utf8(text)), KEPT).position();
    }

    @Test
    void aRestartedRedisIsFoundAgainWithItsSubscriptionsAndScripts() {
        Hearing heard = new Hearing();
        try (RedisServer redis = RedisServer.start("--appendonly yes", "--appendfsync always");
                Broker broker = broker(redis.address())) {
            broker.start(heard);
            broker.subscribe("news");
            StreamPosition before = publish(broker, "before");
            await().until(() -> heard.texts("news").contains("before"));

            redis.kill();
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> publish(broker, "lost")).isInstanceOf(BrokerException.class));
            redis.restart();

            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                publish(broker, "after");
                return true;
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                publish(broker, "again");
                return heard.texts("news").contains("again");
            });
            assertThat(heard.publications("news").getLast().offset()).isGreaterThan(before.offset());
        }
    }

    @Test
    void aSilentLossOfPubSubIsToldAsThePositionThatWasMissed() {
        Hearing heard = new Hearing();
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.start(redis.port());
                Broker publisher = broker(redis.address());
                Broker subscriber = broker(proxy.address())) {
            publisher.start(new Hearing());
            subscriber.start(heard);
            subscriber.subscribe("news");
            StreamPosition first = publish(publisher, "heard");
            await().until(() -> heard.texts("news").contains("heard"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> heard.positions().contains(new Hearing.News.Reached("news", first)));

            proxy.mode(FaultProxy.Mode.CUT);
            StreamPosition missed = publish(publisher, "not heard");
            proxy.mode(FaultProxy.Mode.PASS);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> heard.positions().contains(new Hearing.News.Reached("news", missed)));
            assertThat(heard.texts("news")).doesNotContain("not heard");
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                publish(publisher, "back");
                return heard.texts("news").contains("back");
            });
        }
    }

    @Test
    void aNodeThatCannotKeepUpMakesItsMessagesWaitInRedis() throws Exception {
        Hearing heard = new Hearing();
        CountDownLatch room = new CountDownLatch(1);
        heard.onCapacity(_ -> {
            try {
                room.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (RedisServer redis = RedisServer.start();
                Broker broker = broker(redis.address())) {
            broker.start(heard);
            broker.subscribe("news");
            for (int i = 0; i < 100; i++) {
                publish(broker, Integer.toString(i));
            }
            assertThat(heard.texts("news")).isEmpty();
            room.countDown();
            await().until(() -> heard.texts("news").size() == 100);
            assertThat(heard.publications("news")).isSortedAccordingTo(Comparator.comparing(Publication::offset));
        }
    }

    @Test
    void whatANodeHasNoRoomForIsDroppedAndToldAsThePositionThatWasMissed() {
        Hearing heard = new Hearing();
        heard.onCapacity(_ -> {
            throw new BrokerException("full");
        });
        try (RedisServer redis = RedisServer.start();
                Broker broker = broker(redis.address())) {
            broker.start(heard);
            broker.subscribe("news");
            StreamPosition dropped = publish(broker, "dropped");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> heard.positions().contains(new Hearing.News.Reached("news", dropped)));
            heard.onCapacity(_ -> {});
            await().until(() -> {
                publish(broker, "heard");
                return heard.texts("news").contains("heard");
            });
            assertThat(heard.texts("news")).doesNotContain("dropped");
        }
    }

    @Test
    void aNewMasterIsFoundThroughTheSentinels() {
        Hearing heard = new Hearing();
        try (RedisSentinels redis = RedisSentinels.start();
                Broker broker = broker(redis.sentinels(), "sentinel_master_name: " + redis.masterName())) {
            broker.start(heard);
            broker.subscribe("news");
            publish(broker, "before");
            await().until(() -> heard.texts("news").contains("before"));

            redis.killMaster();
            redis.awaitNewMaster();

            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                publish(broker, "after");
                return heard.texts("news").contains("after");
            });
        }
    }

    @Test
    void aUserOfAnAclMayDoWhatTheBrokerDoes() {
        try (RedisServer redis =
                        RedisServer.start("--user relay on >secret ~faults:* &faults:* +@all -@dangerous +role +info");
                Broker broker = broker(List.of(redis.address()), "user: relay, password: secret")) {
            Hearing heard = new Hearing();
            broker.start(heard);
            broker.subscribe("news");
            publish(broker, "fine");
            await().until(() -> heard.texts("news").contains("fine"));
        }
    }

    @Test
    void scriptsThatRedisHasForgottenAreLoadedAgain() {
        try (RedisServer redis = RedisServer.start();
                Broker broker = broker(redis.address())) {
            broker.start(new Hearing());
            StreamPosition before = publish(broker, "known");
            redis.call("SCRIPT", "FLUSH");
            assertThat(publish(broker, "forgotten")).isEqualTo(new StreamPosition(2, before.epoch()));
        }
    }

    @Test
    void aRedisThatHangsFailsCallsInTime() {
        try (RedisServer redis = RedisServer.start();
                Broker broker = broker(redis.address())) {
            broker.start(new Hearing());
            publish(broker, "fine");
            redis.pause();
            assertThatThrownBy(() -> publish(broker, "too slow")).isInstanceOf(BrokerException.class);
            redis.resume();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                publish(broker, "fine again");
                return true;
            });
        }
    }
}
