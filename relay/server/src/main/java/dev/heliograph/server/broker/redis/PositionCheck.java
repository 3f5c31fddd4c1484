package dev.heliograph.server.broker.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.redis.Partitions;
import dev.heliograph.server.redis.RedisAccess;
import dev.heliograph.server.redis.RedisException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/// Finds out when pub/sub has silently lost messages: reads where the streams of all channels stand that this node
/// hears, gives what is on its way time to arrive, and then tells those positions.
///
/// A loss is told [#INTERVAL] and twice [#GRACE] after it at the latest, if Redis answers.
final class PositionCheck implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PositionCheck.class.getName());

    /// From the end of one check to the beginning of the next.
    static final Duration INTERVAL = Duration.ofSeconds(3);

    /// What a message may take from Redis through the node's queues.
    static final Duration GRACE = Duration.ofSeconds(2);

    /// Channels that are asked for at once: a part of what may wait for Redis.
    private static final int BATCH = 1_024;

    private final Set<String> channels;
    private final Keys keys;
    private final RedisAccess access;
    private final BiConsumer<String, StreamPosition> listener;
    private final Semaphore soon;
    private final Thread worker;
    private volatile boolean closed;

    /// @param soon     a permit makes the next check begin now
    /// @param listener told of each channel's position
    PositionCheck(
            Set<String> channels,
            Keys keys,
            RedisAccess access,
            Semaphore soon,
            BiConsumer<String, StreamPosition> listener) {
        this.soon = soon;
        this.channels = channels;
        this.keys = keys;
        this.access = access;
        this.listener = listener;
        this.worker = Thread.ofVirtual().name("redis-position-check").start(this::work);
    }

    private void work() {
        try {
            while (!closed) {
                var _ = soon.tryAcquire(INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
                soon.drainPermits();
                check();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void check() throws InterruptedException {
        Map<String, StreamPosition> reached = new HashMap<>();
        Iterator<String> all = channels.iterator();
        while (all.hasNext()) {
            List<String> batch = new ArrayList<>();
            while (all.hasNext() && batch.size() < BATCH) {
                batch.add(all.next());
            }
            read(batch, reached);
        }
        if (!reached.isEmpty()) {
            Thread.sleep(GRACE);
            reached.forEach(listener);
        }
    }

    /// Channels without a stream, and those of a Redis that is away, are left out.
    private void read(List<String> batch, Map<String, StreamPosition> reached) {
        Map<String, CompletableFuture<Object>> replies = new HashMap<>();
        for (String channel : batch) {
            try {
                replies.put(
                        channel,
                        access.commands(Partitions.of(channel))
                                .submit(new CommandArguments(Command.HMGET)
                                        .key(keys.meta(channel))
                                        .add("e")
                                        .add("o")));
            } catch (RedisException e) {
                LOG.log(Level.DEBUG, () -> "position of " + channel + ": " + e.getMessage());
            }
        }
        replies.forEach((channel, reply) -> {
            try {
                if (access.commands(Partitions.of(channel)).await(reply) instanceof List<?> meta
                        && meta.get(0) instanceof byte[] epoch
                        && meta.get(1) instanceof byte[] offset) {
                    reached.put(
                            channel,
                            new StreamPosition(Long.parseLong(new String(offset, UTF_8)), new String(epoch, UTF_8)));
                }
            } catch (RedisException e) {
                LOG.log(Level.DEBUG, () -> "position of " + channel + ": " + e.getMessage());
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }
}
