package dev.heliograph.server.redis;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Sends the commands of many callers to one Redis over one connection, as many as are waiting in one round trip.
///
/// While a batch is on its way, the next one gathers: the busier it is, the larger the batches. Commands run in the
/// order in which they were called. When Redis is away, calls fail at once, but for one now and then that tries again.
/// A command whose reply was lost may have run. Threadsafe.
public final class Pipeliner implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Pipeliner.class.getName());

    /// Commands that may wait; more means that Redis is far behind, and callers had better hear so.
    private static final int CAPACITY = 16_384;

    /// Commands of one round trip: enough to make the trip's cost small, few enough that none waits long.
    private static final int BATCH = 1_024;

    /// After a failure Redis is left alone for so long, and longer with each further one.
    private static final Duration MIN_PAUSE = Duration.ofMillis(50);

    private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

    /// @param replicas how many of them must have what it wrote
    private record Call(CommandArguments command, int replicas, CompletableFuture<Object> reply) {}

    private final String node;
    private final Supplier<Connection> connect;
    private final Consumer<Connection> prepare;
    private final Duration timeout;
    private final BlockingQueue<Call> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread worker;

    private volatile boolean closed;

    /// Until when calls fail at once, by [System#nanoTime]; 0 if Redis is there.
    private volatile long awayUntil;

    // Only the worker's:
    private @Nullable Connection connection;
    private Duration pause = MIN_PAUSE;

    /// @param node    for messages to operators
    /// @param connect opens a connection
    /// @param prepare makes a connection ready, by loading scripts for example; also called when scripts got lost
    /// @param timeout for a call, its waiting included
    Pipeliner(String node, Supplier<Connection> connect, Consumer<Connection> prepare, Duration timeout) {
        this.node = node;
        this.connect = connect;
        this.prepare = prepare;
        this.timeout = timeout;
        this.worker = Thread.ofVirtual().name("redis-" + node).start(this::work);
    }

    /// Runs a command and waits for its reply.
    ///
    /// @return what Redis replied: `Long`, `byte[]`, `List` of these, or null for nil
    /// @throws RedisException if Redis is away, too slow, or refuses
    public @Nullable Object call(CommandArguments command) {
        return await(submit(command));
    }

    /// Runs a command and waits for its reply, and until replicas have what was written up to it. Fails if too few
    /// have it in time, though it has run.
    ///
    /// @param replicas how many of them
    /// @throws RedisException if Redis or the replicas are away, too slow, or refuse
    public @Nullable Object call(CommandArguments command, int replicas) {
        return await(submit(new Call(command, replicas, new CompletableFuture<>())));
    }

    /// Runs a command.
    ///
    /// @throws RedisException if Redis is away, or too far behind
    public CompletableFuture<Object> submit(CommandArguments command) {
        return submit(new Call(command, 0, new CompletableFuture<>()));
    }

    private CompletableFuture<Object> submit(Call call) {
        long until = awayUntil;
        if (until != 0 && System.nanoTime() - until < 0) {
            throw new RedisException("redis " + node + " is away");
        }
        if (closed || !queue.offer(call)) {
            throw new RedisException(closed ? "closed" : "too many commands wait for redis " + node);
        }
        if (closed) {
            // It may have missed the end of the worker.
            failAll(new RedisException("closed"));
        }
        return call.reply;
    }

    /// Waits for a reply.
    ///
    /// @throws RedisException if Redis is too slow, or has refused
    public @Nullable Object await(CompletableFuture<Object> reply) {
        try {
            return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new RedisException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new RedisException("redis " + node + " did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException("interrupted", e);
        }
    }

    private void work() {
        List<Call> batch = new ArrayList<>();
        while (!closed) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException _) {
                break;
            }
            queue.drainTo(batch, BATCH - 1);
            try {
                run(batch);
                pause = MIN_PAUSE;
                awayUntil = 0;
            } catch (RuntimeException e) {
                // Whatever it is: this thread must live on.
                away(e, batch);
            }
            batch.clear();
        }
        drop();
        failAll(new RedisException("closed"));
    }

    private void run(List<Call> batch) {
        Connection redis = connected();
        List<Call> again = send(redis, batch);
        if (!again.isEmpty()) {
            // Someone has emptied the cache of scripts.
            prepare.accept(redis);
            for (Call call : send(redis, again)) {
                call.reply.completeExceptionally(new RedisException("redis " + node + " forgets scripts"));
            }
        }
    }

    /// @return the calls whose script Redis does not know
    private List<Call> send(Connection redis, List<Call> batch) {
        int wanted = 0;
        for (Call call : batch) {
            redis.sendCommand(call.command);
            wanted = Math.max(wanted, call.replicas);
        }
        if (wanted > 0) {
            // One wait for all of them.
            redis.sendCommand(new CommandArguments(Command.WAIT).add(wanted).add(timeout.toMillis() / 2));
        }
        List<Object> replies = redis.getMany(batch.size());
        long replicas = wanted > 0 && redis.getOne() instanceof Long found ? found : 0;
        List<Call> unknown = new ArrayList<>(0);
        @Nullable JedisDataException fatal = null;
        for (int i = 0; i < batch.size(); i++) {
            Call call = batch.get(i);
            if (!(replies.get(i) instanceof JedisDataException refusal)) {
                finish(call, replies.get(i), replicas);
            } else if (startsWith(refusal, "NOSCRIPT")) {
                unknown.add(call);
            } else {
                call.reply.completeExceptionally(refusal);
                // A server that is master no more, or not yet: another connection may find the right one.
                if (startsWith(refusal, "READONLY") || startsWith(refusal, "LOADING")) {
                    fatal = refusal;
                }
            }
        }
        if (fatal != null) {
            throw fatal;
        }
        return unknown;
    }

    private void finish(Call call, Object reply, long replicas) {
        if (replicas >= call.replicas) {
            call.reply.complete(reply);
        } else {
            call.reply.completeExceptionally(new RedisException(
                    "%d of %d replicas of redis %s have it".formatted(replicas, call.replicas, node)));
        }
    }

    private static boolean startsWith(JedisDataException refusal, String word) {
        return refusal.getMessage() != null && refusal.getMessage().startsWith(word);
    }

    private Connection connected() {
        Connection open = connection;
        if (open == null) {
            open = connect.get();
            connection = open;
            prepare.accept(open);
            LOG.log(Level.INFO, () -> "connected to redis " + node);
        }
        return open;
    }

    private void away(RuntimeException reason, List<Call> batch) {
        if (awayUntil == 0 && !closed) {
            LOG.log(Level.WARNING, () -> "redis " + node + " is away: " + reason.getMessage());
        }
        drop();
        awayUntil = System.nanoTime() + pause.toNanos();
        pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause.multipliedBy(2);
        RedisException failure = new RedisException("redis " + node + ": " + reason.getMessage(), reason);
        batch.forEach(call -> call.reply.completeExceptionally(failure));
        failAll(failure);
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (JedisException _) {
                // It is broken anyway.
            }
        }
    }

    private void failAll(RedisException failure) {
        for (Call call = queue.poll(); call != null; call = queue.poll()) {
            call.reply.completeExceptionally(failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }
}
