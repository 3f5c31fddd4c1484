package dev.heliograph.server.redis;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
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
final class Pipeliner implements Commands, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Pipeliner.class.getName());

    /// Commands that may wait; more means that Redis is far behind, and callers had better hear so.
    private static final int CAPACITY = 16_384;

    /// Commands of one round trip: enough to make the trip's cost small, few enough that none waits long.
    private static final int BATCH = 1_024;

    /// After a failure Redis is left alone for so long, and longer with each further one.
    private static final Duration MIN_PAUSE = Duration.ofMillis(50);

    private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

    /// @param pubSub   that `command` was made for
    /// @param replicas how many of them must have what it wrote
    /// @param asking   whether the node of a cluster shall run it though the slot is only on its way there
    private record Call(
            Function<PubSub, CommandArguments> maker,
            PubSub pubSub,
            CommandArguments command,
            int replicas,
            boolean asking,
            CompletableFuture<Object> reply) {

        CommandArguments commandFor(PubSub current) {
            return pubSub == current ? command : maker.apply(current);
        }
    }

    private final String node;
    private final Supplier<NodeConnection> connect;
    private final Consumer<Connection> prepare;
    private final Duration timeout;
    private final BlockingQueue<Call> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final RedisMeter meter;
    private final IntSupplier waiting = queue::size;
    private final Thread worker;

    private volatile boolean closed;

    /// Of the latest connection. Commands are made for it on the threads of their callers.
    private volatile PubSub pubSub = PubSub.PLAIN;

    /// Until when calls fail at once, by [System#nanoTime]; 0 if Redis is there.
    private volatile long awayUntil;

    // Only the worker's:
    private @Nullable NodeConnection connection;
    private Duration pause = MIN_PAUSE;

    /// @param node    for messages to operators
    /// @param connect opens a connection
    /// @param prepare makes a connection ready, by loading scripts for example; also called when scripts got
    ///                lost
    /// @param timeout for a call, its waiting included
    Pipeliner(
            String node,
            Supplier<NodeConnection> connect,
            Consumer<Connection> prepare,
            Duration timeout,
            RedisMeter meter) {
        this.meter = meter;
        meter.add(waiting);
        this.node = node;
        this.connect = connect;
        this.prepare = prepare;
        this.timeout = timeout;
        // It waits in read() for each batch: a virtual thread would go through the poller and the scheduler each time.
        this.worker = Thread.ofPlatform().daemon().name("redis-" + node).start(this::work);
    }

    @Override
    public CompletableFuture<Object> submit(Function<PubSub, CommandArguments> command, int replicas) {
        return submit(command, replicas, false);
    }

    /// @param asking whether the node of a cluster shall run it though the slot is only on its way there
    /// @throws RedisException if it certainly does not run: Redis is away, or too far behind
    CompletableFuture<Object> submit(Function<PubSub, CommandArguments> command, int replicas, boolean asking) {
        PubSub current = pubSub;
        return submit(new Call(command, current, command.apply(current), replicas, asking, new CompletableFuture<>()));
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

    @Override
    public @Nullable Object await(CompletableFuture<Object> reply) {
        return Replies.await(reply, timeout, node);
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
            // Whoever gave up waiting has been told that it failed, and may have gone on to something else.
            batch.removeIf(call -> call.reply.isDone());
            if (batch.isEmpty()) {
                continue;
            }
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
        meter.remove(waiting);
    }

    private void run(List<Call> batch) {
        NodeConnection redis = connected();
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
    private List<Call> send(NodeConnection redis, List<Call> batch) {
        int wanted = 0;
        for (Call call : batch) {
            if (call.asking) {
                redis.sendCommand(Command.ASKING);
            }
            redis.sendCommand(call.commandFor(redis.pubSub()));
            wanted = Math.max(wanted, call.replicas);
        }
        if (wanted > 0) {
            // One wait for all of them.
            redis.sendCommand(new CommandArguments(Command.WAIT).add(wanted).add(timeout.toMillis() / 2));
        }
        long began = meter.begin();
        List<Object> replies = replies(redis, batch);
        long replicas = wanted > 0 && redis.getOne() instanceof Long found ? found : 0;
        meter.ended(began, batch.size());
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

    private static List<Object> replies(NodeConnection redis, List<Call> batch) {
        int asked = 0;
        for (Call call : batch) {
            asked += call.asking ? 1 : 0;
        }
        List<Object> all = redis.getMany(batch.size() + asked);
        if (asked == 0) {
            return all;
        }
        List<Object> replies = new ArrayList<>(batch.size());
        int at = 0;
        for (Call call : batch) {
            at += call.asking ? 1 : 0;
            replies.add(all.get(at++));
        }
        return replies;
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

    private NodeConnection connected() {
        NodeConnection open = connection;
        if (open == null) {
            open = connect.get();
            connection = open;
            pubSub = open.pubSub();
            prepare.accept(open);
            LOG.log(Level.INFO, () -> "connected to redis " + node);
        }
        return open;
    }

    private void away(RuntimeException reason, List<Call> batch) {
        if (awayUntil == 0 && !closed) {
            LOG.log(Level.WARNING, () -> "redis " + node + " is away: " + Reasons.of(reason));
        }
        meter.failed();
        drop();
        awayUntil = System.nanoTime() + pause.toNanos();
        pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause.multipliedBy(2);
        RedisException failure = new RedisException("redis " + node + ": " + Reasons.of(reason), reason);
        batch.forEach(call -> call.reply.completeExceptionally(failure));
        failAll(failure);
    }

    private void drop() {
        NodeConnection open = connection;
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
