package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heliograph.protocol.Bytes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/// The subscriptions of this node at one Redis: one connection, on which one thread sends and one reads.
///
/// Requests that wait are sent as one command. After a lost connection all channels are subscribed to again, and the
/// listener is told that messages may have been lost. A connection that is silent is asked for a sign of life, so that
/// one that is dead is noticed. Threadsafe.
public final class Subscriber implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Subscriber.class.getName());

    /// Channels of one command.
    private static final int BATCH = 512;

    /// Silence after which Redis is asked for a sign of life; as long again until the connection counts as dead.
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration RETRY = Duration.ofMillis(200);

    /// How long the sender waits for wishes before it looks after the connection.
    private static final Duration TURN = Duration.ofMillis(100);

    /// Who hears the messages.
    public interface Listener {
        /// Called in order on the reading thread; must not block.
        void onMessage(byte[] name, byte[] message);

        /// All channels are subscribed to again after a time in which messages may have been lost.
        void onResubscribed();
    }

    /// A wish to hear a channel or no longer; `done` when Redis has confirmed.
    private record Wish(Bytes name, boolean subscribe, CompletableFuture<Void> done) {}

    private final String node;
    private final Supplier<PubSubConnection> connect;
    private final Duration timeout;
    private final Listener listener;
    private final LinkedBlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();

    /// What this node wants to hear, with the wish that Redis has not confirmed yet, if there is one.
    private final Map<Bytes, Wish> wanted = new ConcurrentHashMap<>();

    private final Thread sender;

    private volatile boolean closed;
    /// Written by the sender alone: the reader of an earlier connection must not speak for this one.
    private volatile boolean up;

    private volatile boolean connectedBefore;

    /// When anything was read last, by [System#nanoTime].
    private volatile long heardAt;

    private volatile @Nullable PubSubConnection connection;

    /// Only the sender's.
    private boolean complained;

    /// @param connect opens a connection
    /// @param timeout for Redis to confirm a subscription
    Subscriber(String node, Supplier<PubSubConnection> connect, Duration timeout, Listener listener) {
        this.node = node;
        this.connect = connect;
        this.timeout = timeout;
        this.listener = listener;
        this.sender = Thread.ofVirtual().name("redis-subscriber-" + node).start(this::run);
    }

    /// Returns when Redis has confirmed.
    ///
    /// @throws RedisException if it does not in time; the channel is not subscribed to then
    public void subscribe(byte[] name) {
        Wish wish = new Wish(Bytes.of(name), true, new CompletableFuture<>());
        if (closed) {
            throw new RedisException("closed");
        }
        if (connectedBefore && !up) {
            // Those who wait would keep others waiting.
            throw new RedisException("subscriptions at redis " + node + " are interrupted");
        }
        if (wanted.putIfAbsent(wish.name, wish) != null) {
            return;
        }
        wishes.add(wish);
        try {
            wish.done.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            unsubscribe(name);
            throw new RedisException("redis " + node + " does not confirm subscriptions", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unsubscribe(name);
            throw new RedisException("interrupted", e);
        }
    }

    public void unsubscribe(byte[] name) {
        Bytes key = Bytes.of(name);
        if (wanted.remove(key) != null) {
            wishes.add(new Wish(key, false, new CompletableFuture<>()));
        }
    }

    boolean up() {
        return up;
    }

    // ---- the sending thread ----

    private void run() {
        while (!closed) {
            try (PubSubConnection redis = connect.get()) {
                use(redis);
            } catch (InterruptedException _) {
                break;
            } catch (RuntimeException e) {
                // Whatever it is: this thread must live on.
                complain(e);
            }
            pause();
        }
    }

    /// Uses a connection until it is lost; leaves no reader behind.
    ///
    /// @throws JedisException when it is lost
    private void use(PubSubConnection redis) throws InterruptedException {
        connection = redis;
        redis.setTimeoutInfinite();
        heardAt = System.nanoTime();
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread reader =
                Thread.ofPlatform().daemon().name("redis-reader-" + node).start(() -> read(redis, end));
        try {
            begin(redis);
            up = true;
            complained = false;
            if (connectedBefore) {
                LOG.log(Level.INFO, () -> "subscribed again at redis " + node);
                listener.onResubscribed();
            }
            connectedBefore = true;
            serve(redis, end);
        } finally {
            up = false;
            disconnect(redis);
            reader.join();
        }
    }

    private static void disconnect(PubSubConnection redis) {
        try {
            redis.forceDisconnect();
        } catch (IOException | JedisException _) {
            // It is gone already.
        }
    }

    /// Says once why there is no connection.
    private void complain(RuntimeException e) {
        if (!complained && !closed) {
            complained = true;
            LOG.log(Level.WARNING, () -> "subscriptions at redis " + node + " are interrupted: " + e.getMessage());
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    /// Subscribes to all that is wanted. What was asked for meanwhile is in it.
    private void begin(PubSubConnection redis) {
        wishes.clear();
        List<Wish> all = List.copyOf(wanted.values());
        for (int from = 0; from < all.size(); from += BATCH) {
            send(redis, all.subList(from, Math.min(all.size(), from + BATCH)));
        }
    }

    private void serve(PubSubConnection redis, CompletableFuture<Void> end) throws InterruptedException {
        List<Wish> batch = new ArrayList<>();
        boolean asked = false;
        while (!closed) {
            if (end.isCompletedExceptionally()) {
                throw new JedisConnectionException(end.exceptionNow().getMessage());
            }
            Wish first = wishes.poll(TURN.toNanos(), TimeUnit.NANOSECONDS);
            if (first == null) {
                asked = askForLife(redis, asked);
                continue;
            }
            batch.add(first);
            // Only a run of the same kind is one command; their order counts.
            for (Wish next = wishes.peek();
                    next != null && next.subscribe == first.subscribe && batch.size() < BATCH;
                    next = wishes.peek()) {
                batch.add(wishes.remove());
            }
            send(redis, batch);
            batch.clear();
        }
    }

    /// @param asked whether it was asked already since it was heard last
    /// @return whether it has been asked now
    /// @throws JedisException if it gives no sign of life
    private boolean askForLife(PubSubConnection redis, boolean asked) {
        long silent = System.nanoTime() - heardAt;
        if (silent < SILENCE.toNanos()) {
            return false;
        }
        if (silent > 2 * SILENCE.toNanos()) {
            throw new JedisConnectionException("no sign of life");
        }
        if (!asked) {
            redis.sendNow(new CommandArguments(Command.PING));
        }
        return true;
    }

    private static void send(PubSubConnection redis, List<Wish> batch) {
        CommandArguments command =
                new CommandArguments(batch.getFirst().subscribe ? Command.SUBSCRIBE : Command.UNSUBSCRIBE);
        batch.forEach(wish -> command.add(wish.name.array()));
        redis.sendNow(command);
    }

    // ---- the reading thread ----

    /// @param end completes exceptionally when the connection is lost
    private void read(PubSubConnection redis, CompletableFuture<Void> end) {
        try {
            while (!closed) {
                Object message = redis.getUnflushedObject();
                heardAt = System.nanoTime();
                if (message instanceof List<?> parts) {
                    heard(parts);
                }
            }
            end.complete(null);
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private void heard(List<?> parts) {
        if (!(parts.getFirst() instanceof byte[] kind) || parts.size() < 3 || !(parts.get(1) instanceof byte[] name)) {
            return;
        }
        switch (new String(kind, US_ASCII)) {
            case "message" -> {
                if (parts.get(2) instanceof byte[] message) {
                    tell(name, message);
                }
            }
            case "subscribe" -> {
                Wish wish = wanted.get(Bytes.of(name));
                if (wish != null) {
                    wish.done.complete(null);
                }
            }
            default -> {}
        }
    }

    private void tell(byte[] name, byte[] message) {
        try {
            listener.onMessage(name, message);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a message of redis " + node, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        sender.interrupt();
        PubSubConnection open = connection;
        if (open != null) {
            disconnect(open);
        }
    }
}
