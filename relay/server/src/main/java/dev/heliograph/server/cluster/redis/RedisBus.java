package dev.heliograph.server.cluster.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.server.cluster.Bus;
import dev.heliograph.server.cluster.ClusterException;
import dev.heliograph.server.config.RedisConfig;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.redis.Partitions;
import dev.heliograph.server.redis.Preparation;
import dev.heliograph.server.redis.RedisAccess;
import dev.heliograph.server.redis.RedisException;
import dev.heliograph.server.redis.Subscriber;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/// The control channel over the same Redis as the broker, over connections of its own, so that no flood of
/// publications delays it.
///
/// Of several Redis servers any one carries it: nodes listen at all of them, and send by the first that answers.
public final class RedisBus implements Bus {

    private static final System.Logger LOG = System.getLogger(RedisBus.class.getName());

    /// Every so many partitions one that carries messages: enough that each server has some.
    private static final int STEP = 8;

    private static final long RETRY_MILLIS = 500;

    /// Messages need no scripts, and leave nothing behind in Redis.
    private static final Preparation NOTHING = new Preparation() {
        @Override
        public void connected(Connection redis) {}

        @Override
        public CommandArguments moved(int partition) {
            return new CommandArguments(Command.PING);
        }
    };

    private final String prefix;
    /// For the first server that hangs, and another one.
    private final Duration patience;

    private final RedisAccess access;
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// Connects in the background.
    public RedisBus(RedisConfig config) {
        this(config, Instruments.off());
    }

    /// Likewise, and tells what it does.
    public RedisBus(RedisConfig config, Instruments instruments) {
        this.prefix = config.prefix();
        this.patience = config.timeout().multipliedBy(2);
        this.access = new RedisAccess(
                config,
                "heliograph-control",
                NOTHING,
                new Subscriber.Listener() {
                    @Override
                    public void onMessage(byte[] name, byte[] message) {
                        Listener ear = listener.get();
                        if (ear != null) {
                            ear.onMessage(message);
                        }
                    }

                    @Override
                    public void onResubscribed() {
                        // Heartbeats go on; questions that were lost are told as not answered.
                    }
                },
                instruments);
    }

    @Override
    public void start(String node, Listener newListener) {
        if (!listener.compareAndSet(null, newListener)) {
            throw new IllegalStateException("started already");
        }
        for (int partition = 0; partition < Partitions.COUNT; partition += STEP) {
            int lane = partition;
            Thread.ofVirtual().name("control-subscription-" + lane).start(() -> {
                listen(lane, all(lane));
                listen(lane, one(lane, node));
            });
        }
    }

    /// Subscribes, and does not give up.
    private void listen(int lane, byte[] name) {
        try {
            do {
                try {
                    access.subscriber(lane).subscribe(name);
                    return;
                } catch (RedisException e) {
                    LOG.log(System.Logger.Level.DEBUG, () -> "control channel: " + e.getMessage());
                }
            } while (!closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void toAll(byte[] message) {
        send(message, this::all);
    }

    @Override
    public void to(String node, byte[] message) {
        send(message, lane -> one(lane, node));
    }

    private interface Naming {
        byte[] name(int lane);
    }

    private void send(byte[] message, Naming naming) {
        @Nullable RedisException failure = null;
        long deadline = System.nanoTime() + patience.toNanos();
        for (int lane = 0; lane < Partitions.COUNT && System.nanoTime() - deadline < 0; lane += STEP) {
            byte[] name = naming.name(lane);
            try {
                access.commands(lane)
                        .call(
                                pubSub -> new CommandArguments(pubSub.publish())
                                        .add(name)
                                        .add(message),
                                0);
                return;
            } catch (RedisException e) {
                failure = e;
            }
        }
        throw new ClusterException(failure == null ? "no redis" : String.valueOf(failure.getMessage()));
    }

    private byte[] all(int lane) {
        return name(lane, "control");
    }

    private byte[] one(int lane, String node) {
        return name(lane, "node:" + node);
    }

    private byte[] name(int lane, String rest) {
        byte[] tag = Partitions.tagged(prefix, lane);
        byte[] tail = rest.getBytes(UTF_8);
        byte[] name = new byte[tag.length + tail.length];
        System.arraycopy(tag, 0, name, 0, tag.length);
        System.arraycopy(tail, 0, name, tag.length, tail.length);
        return name;
    }

    @Override
    public void close() {
        closing.countDown();
        access.close();
    }
}
