package dev.heliograph.server.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/// The commands of one partition of a cluster.
///
/// A command that a node has refused because the partition is elsewhere (MOVED, ASK) is sent there; one that was
/// refused because the partition is on its way, or the cluster not whole (TRYAGAIN, CLUSTERDOWN), is sent again after a
/// pause, until its time is over. Such a refusal means that it has not run. Whatever else fails is not tried again: it
/// may have run.
///
/// @param timeout for a command with its waiting
record ClusterCommands(Cluster cluster, int partition, Duration timeout) implements Commands {

    /// From one node to the other, on to a third one, and once more if that one was told wrong.
    private static final int REDIRECTIONS = 3;

    private static final Duration MIN_PAUSE = Duration.ofMillis(20);
    private static final Duration MAX_PAUSE = Duration.ofMillis(200);

    @Override
    public CompletableFuture<Object> submit(Function<PubSub, CommandArguments> command, int replicas) {
        Attempts attempts = new Attempts(command, replicas);
        attempts.send(cluster.owner(partition), false);
        return attempts.reply;
    }

    @Override
    public @Nullable Object await(CompletableFuture<Object> reply) {
        return Replies.await(reply, timeout, "cluster");
    }

    /// Of one command, one after the other.
    private final class Attempts {

        private final Function<PubSub, CommandArguments> command;
        private final int replicas;
        private final long deadline = System.nanoTime() + timeout.toNanos();
        private final CompletableFuture<Object> reply = new CompletableFuture<>();
        private int redirections;
        private Duration pause = MIN_PAUSE;

        Attempts(Function<PubSub, CommandArguments> command, int replicas) {
            this.command = command;
            this.replicas = replicas;
        }

        void send(Cluster.Member member, boolean asking) {
            if (reply.isDone()) {
                return;
            }
            try {
                CompletableFuture<Object> attempt = member.commands().submit(command, replicas, asking);
                var _ = attempt.whenComplete((value, failure) -> finished(member, value, failure));
                // The caller may give up while it waits to be sent.
                var _ = reply.whenComplete((_, _) -> attempt.cancel(false));
            } catch (RedisException e) {
                cluster.suspect();
                throw e;
            }
        }

        private void finished(Cluster.Member member, Object value, @Nullable Throwable failure) {
            if (failure == null) {
                reply.complete(value);
                return;
            }
            try {
                failed(member, failure);
            } catch (RuntimeException e) {
                reply.completeExceptionally(e);
            }
        }

        private void failed(Cluster.Member member, Throwable failure) {
            switch (failure) {
                case JedisMovedDataException moved
                when redirections < REDIRECTIONS -> {
                    redirections++;
                    send(cluster.moved(partition, member, moved.getTargetNode()), false);
                }
                case JedisAskDataException ask
                when redirections < REDIRECTIONS -> {
                    redirections++;
                    send(cluster.arriving(member, ask.getTargetNode()), true);
                }
                case JedisDataException refusal when isPassing(refusal) && isTimeFor(pause) -> again();
                default -> {
                    cluster.suspect();
                    reply.completeExceptionally(failure);
                }
            }
        }

        private static boolean isPassing(JedisDataException refusal) {
            return refusal instanceof JedisClusterException
                    || (refusal.getMessage() != null && refusal.getMessage().startsWith("TRYAGAIN"));
        }

        /// No attempt begins when its caller is about to give up.
        private boolean isTimeFor(Duration wait) {
            return System.nanoTime() + wait.multipliedBy(2).toNanos() - deadline < 0;
        }

        private void again() {
            Duration now = pause;
            pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause.multipliedBy(2);
            redirections = 0;
            CompletableFuture.delayedExecutor(now.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(() -> {
                        try {
                            send(cluster.owner(partition), false);
                        } catch (RuntimeException e) {
                            reply.completeExceptionally(e);
                        }
                    });
        }
    }
}
