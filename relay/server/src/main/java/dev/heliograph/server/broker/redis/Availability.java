package dev.heliograph.server.broker.redis;

import dev.heliograph.server.redis.Partitions;
import dev.heliograph.server.redis.RedisAccess;
import dev.heliograph.server.redis.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/// Knows which share of the partitions answers: asks each of them every [#INTERVAL]. So a Redis that comes back
/// is found even if nobody publishes.
final class Availability implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Keys keys;
    private final RedisAccess access;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile double share;

    Availability(Keys keys, RedisAccess access) {
        this.keys = keys;
        this.access = access;
        Thread.ofVirtual().name("redis-availability").start(this::work);
    }

    /// From 0 for none to 1 for all, as of the last time.
    double share() {
        return share;
    }

    private void work() {
        try {
            do {
                share = (double) answering() / Partitions.COUNT;
            } while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private record Asked(int partition, CompletableFuture<Object> reply) {}

    private int answering() {
        List<Asked> asked = new ArrayList<>();
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            try {
                asked.add(new Asked(
                        partition,
                        access.commands(partition)
                                .submit(new CommandArguments(Command.EXISTS).key(keys.tenure(partition)))));
            } catch (RedisException _) {
                // It does not answer.
            }
        }
        int answering = 0;
        for (Asked each : asked) {
            try {
                access.commands(each.partition).await(each.reply);
                answering++;
            } catch (RedisException _) {
                // It does not answer.
            }
        }
        return answering;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
