package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.testkit.FaultProxy;
import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

class SubscriberTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger resubscribed = new AtomicInteger();
    private final AtomicBoolean replaced = new AtomicBoolean();
    private RedisServer redis;
    private FaultProxy proxy;
    private Subscriber subscriber;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        proxy = FaultProxy.start(redis.port());
        HostAndPort address = HostAndPort.from(proxy.address());
        DefaultJedisClientConfig config =
                DefaultJedisClientConfig.builder().timeoutMillis(1_000).build();
        subscriber = new Subscriber(
                "test",
                () -> new NodeConnection(address, config),
                _ -> replaced.get(),
                Duration.ofSeconds(2),
                new Subscriber.Listener() {
                    @Override
                    public void onMessage(byte[] name, byte[] message) {
                        heard.add(new String(name, UTF_8) + "=" + new String(message, UTF_8));
                    }

                    @Override
                    public void onResubscribed() {
                        resubscribed.incrementAndGet();
                    }
                });
    }

    @AfterEach
    void stop() {
        subscriber.close();
        proxy.close();
        redis.close();
    }

    private void subscribe(String name) {
        subscriber.subscribe(name.getBytes(UTF_8));
    }

    @Test
    void manyChannelsAreHeard() {
        for (int i = 0; i < 2_000; i++) {
            subscribe("c" + i);
        }
        redis.call("PUBLISH", "c0", "first");
        redis.call("PUBLISH", "c1999", "last");
        await().until(() -> heard.equals(List.of("c0=first", "c1999=last")));
    }

    @Test
    void aCutConnectionIsReplacedAndItsChannelsAreSubscribedAgain() {
        subscribe("a");
        subscribe("b");
        proxy.mode(FaultProxy.Mode.CUT);
        await().atMost(LONG).until(() -> !subscriber.up());
        assertThatThrownBy(() -> subscribe("c")).isInstanceOf(RedisException.class);
        proxy.mode(FaultProxy.Mode.PASS);
        await().atMost(LONG).until(() -> resubscribed.get() == 1);
        redis.call("PUBLISH", "a", "1");
        redis.call("PUBLISH", "b", "2");
        redis.call("PUBLISH", "c", "not wanted any more");
        subscribe("d");
        redis.call("PUBLISH", "d", "3");
        await().until(() -> heard.equals(List.of("a=1", "b=2", "d=3")));
    }

    @Test
    void aSilentConnectionThatIsAliveIsKept() {
        subscribe("a");
        long silent = System.nanoTime();
        // Three signs of life are asked for in this time.
        await().atMost(LONG)
                .until(() -> System.nanoTime() - silent > Duration.ofSeconds(10).toNanos());
        redis.call("PUBLISH", "a", "1");
        await().until(() -> heard.equals(List.of("a=1")));
        assertThat(resubscribed).hasValue(0);
    }

    @Test
    void aDeadConnectionIsGivenUpAndReplaced() {
        subscribe("a");
        proxy.mode(FaultProxy.Mode.SWALLOW);
        await().atMost(LONG).until(() -> !subscriber.up());
        proxy.mode(FaultProxy.Mode.PASS);
        await().atMost(LONG).until(() -> resubscribed.get() == 1);
        redis.call("PUBLISH", "a", "1");
        await().until(() -> heard.equals(List.of("a=1")));
    }

    @Test
    void aSilentConnectionIsGivenUpWhenAnotherRedisIsInItsPlace() {
        subscribe("a");
        replaced.set(true);
        await().atMost(LONG).until(() -> resubscribed.get() > 0);
        replaced.set(false);
        await().atMost(LONG).until(subscriber::up);
        redis.call("PUBLISH", "a", "1");
        await().until(() -> heard.equals(List.of("a=1")));
    }
}
