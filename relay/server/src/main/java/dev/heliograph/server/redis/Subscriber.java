package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heliograph.protocol.Bytes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/// The subscriptions of this node at one Redis: one connection, on which one thread sends and one reads.
///
/// Requests that wait are sent together. After a lost connection all channels are subscribed to again, and the
/// listener is told that messages may have been lost. A connection that is silent is asked for a sign of life, so that
/// one that is dead is noticed. Threadsafe.
public final class Subscriber implements Subscriptions, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Subscriber.class.getName());

    /// Channels of one command.
    private static final int BATCH = 512;

    /// Silence after which Redis is asked for a sign of life; as long again until the connection counts as dead.
    private static final Duration SILENCE = Duration.ofSeconds(3);

    /// Silence after which it is asked whether another Redis is in its place by now, and how often.
    private static final Duration DOUBT = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(250);

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

    /// Who is told that a node of a cluster has not got what is wanted of it. Called on the reading thread;
    /// must not block.
    interface Misplaced {
        /// The node says who has a partition.
        void moved(int partition, HostAndPort target);

        /// The node does not serve a partition, and some channels of it are not subscribed to.
        void lost(int partition);
    }

    /// What a node of a cluster says must not be taken for a lost connection, and what is no cluster must not
    /// say it.
    private static final Misplaced NO_CLUSTER = new Misplaced() {
        @Override
        public void moved(int partition, HostAndPort target) {
            throw new JedisConnectionException("it is a node of a cluster: see broker.redis.cluster_address");
        }

        @Override
        public void lost(int partition) {
            moved(partition, new HostAndPort("", 0));
        }
    };

    enum Kind {
        SUBSCRIBE,
        /// It was subscribed to before, and messages may have been lost since.
        SUBSCRIBE_AGAIN,
        UNSUBSCRIBE
    }

    /// A wish to hear a channel or no longer; `done` when Redis has confirmed.
    record Wish(int partition, Bytes name, CompletableFuture<@Nullable Void> done) {}

    private record Request(Kind kind, Wish wish) {}

    private final String node;
    private final Supplier<NodeConnection> connect;
    private final Predicate<NodeConnection> replaced;
    private final Duration timeout;
    private final Listener listener;
    private final Misplaced misplaced;
    private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    /// What this node wants to hear, with the wish that Redis has not confirmed yet, if there is one.
    private final Map<Bytes, Wish> wanted = new ConcurrentHashMap<>();

    private final Thread sender;

    private volatile boolean closed;
    /// Written by the sender alone: the reader of an earlier connection must not speak for this one.
    private volatile boolean up;

    private volatile boolean connectedBefore;

    /// When anything was read last, by [System#nanoTime].
    private volatile long heardAt;

    private volatile @Nullable NodeConnection connection;

    /// Only the sender's.
    private boolean complained;

    /// Only the sender's: when it was asked last whether another Redis is in its place.
    private long lookedAt;

    /// @param connect  opens a connection
    /// @param replaced whether another Redis is in the place of that of a connection by now; asked when that is
    ///                 silent. A host that lost its power says nothing, and its sentinels know before it counts as
    ///                 dead.
    /// @param timeout  for Redis to confirm a subscription
    Subscriber(
            String node,
            Supplier<NodeConnection> connect,
            Predicate<NodeConnection> replaced,
            Duration timeout,
            Listener listener) {
        this(node, connect, replaced, timeout, listener, NO_CLUSTER);
    }

    /// At a node of a cluster, in whose place there is never another.
    Subscriber(
            String node, Supplier<NodeConnection> connect, Duration timeout, Listener listener, Misplaced misplaced) {
        this(node, connect, _ -> false, timeout, listener, misplaced);
    }

    private Subscriber(
            String node,
            Supplier<NodeConnection> connect,
            Predicate<NodeConnection> replaced,
            Duration timeout,
            Listener listener,
            Misplaced misplaced) {
        this.misplaced = misplaced;
        this.node = node;
        this.connect = connect;
        this.replaced = replaced;
        this.timeout = timeout;
        this.listener = listener;
        this.sender = Thread.ofVirtual().name("redis-subscriber-" + node).start(this::run);
    }

    @Override
    public void subscribe(byte[] name) {
        want(0, name).ifPresent(wish -> {
            try {
                Replies.await(wish.done, timeout, node);
            } catch (RedisException e) {
                unsubscribe(name);
                throw e;
            }
        });
    }

    /// Asks for a channel, without waiting.
    ///
    /// @return the wish, unless there is one already
    /// @throws RedisException if the connection is lost
    Optional<Wish> want(int partition, byte[] name) {
        if (closed) {
            throw new RedisException("closed");
        }
        if (connectedBefore && !up) {
            // Those who wait would keep others waiting.
            throw new RedisException("subscriptions at redis " + node + " are interrupted");
        }
        Wish wish = new Wish(partition, Bytes.of(name), new CompletableFuture<>());
        if (wanted.putIfAbsent(wish.name, wish) != null) {
            return Optional.empty();
        }
        requests.add(new Request(Kind.SUBSCRIBE, wish));
        return Optional.of(wish);
    }

    @Override
    public void unsubscribe(byte[] name) {
        Wish wish = wanted.remove(Bytes.of(name));
        if (wish != null) {
            requests.add(new Request(Kind.UNSUBSCRIBE, wish));
        }
    }

    /// Hears some partitions no longer.
    ///
    /// @return what was wanted of them, for another subscriber to [#adopt]
    List<Wish> release(BitSet partitions) {
        List<Wish> released = wanted.values().stream()
                .filter(wish -> partitions.get(wish.partition) && wanted.remove(wish.name, wish))
                .toList();
        released.forEach(wish -> requests.add(new Request(Kind.UNSUBSCRIBE, wish)));
        return released;
    }

    /// Hears what another subscriber has heard until now.
    void adopt(List<Wish> wishes) {
        for (Wish wish : wishes) {
            wanted.put(wish.name, wish);
            requests.add(new Request(Kind.SUBSCRIBE_AGAIN, wish));
        }
    }

    /// Subscribes again to what is wanted of some partitions.
    void repeat(BitSet partitions) {
        for (Wish wish : wanted.values()) {
            if (partitions.get(wish.partition)) {
                requests.add(new Request(Kind.SUBSCRIBE_AGAIN, wish));
            }
        }
    }

    boolean up() {
        return up;
    }

    // ---- the sending thread ----

    private void run() {
        while (!closed) {
            try (NodeConnection redis = connect.get()) {
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
    private void use(NodeConnection redis) throws InterruptedException {
        connection = redis;
        redis.setTimeoutInfinite();
        heardAt = System.nanoTime();
        lookedAt = heardAt;
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread reader =
                Thread.ofPlatform().daemon().name("redis-reader-" + node).start(() -> read(redis, end));
        try {
            boolean again = begin(redis) || connectedBefore;
            up = true;
            complained = false;
            if (again) {
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

    private static void disconnect(NodeConnection redis) {
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
            LOG.log(Level.WARNING, () -> "subscriptions at redis " + node + " are interrupted: " + Reasons.of(e));
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
    ///
    /// @return whether another subscriber had heard some of it
    private boolean begin(NodeConnection redis) {
        List<Request> meanwhile = new ArrayList<>();
        requests.drainTo(meanwhile);
        List<Wish> all = List.copyOf(wanted.values());
        for (int from = 0; from < all.size(); from += BATCH) {
            send(redis, true, all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        return meanwhile.stream().anyMatch(request -> request.kind == Kind.SUBSCRIBE_AGAIN);
    }

    private void serve(NodeConnection redis, CompletableFuture<Void> end) throws InterruptedException {
        List<Wish> batch = new ArrayList<>();
        boolean asked = false;
        while (!closed) {
            if (end.isCompletedExceptionally()) {
                throw new JedisConnectionException(end.exceptionNow().getMessage());
            }
            Request first = requests.poll(TURN.toNanos(), TimeUnit.NANOSECONDS);
            if (first == null) {
                asked = askForLife(redis, asked);
                continue;
            }
            batch.add(first.wish);
            // Only a run of the same kind is one batch; their order counts.
            for (Request next = requests.peek();
                    next != null && next.kind == first.kind && batch.size() < BATCH;
                    next = requests.peek()) {
                batch.add(requests.remove().wish);
            }
            send(redis, first.kind != Kind.UNSUBSCRIBE, batch);
            batch.clear();
            if (first.kind == Kind.SUBSCRIBE_AGAIN) {
                listener.onResubscribed();
            }
        }
    }

    /// @param asked whether it was asked already since it was heard last
    /// @return whether it has been asked now
    /// @throws JedisException if it gives no sign of life
    private boolean askForLife(NodeConnection redis, boolean asked) {
        long now = System.nanoTime();
        long silent = now - heardAt;
        if (silent > DOUBT.toNanos() && now - lookedAt > LOOK.toNanos()) {
            lookedAt = now;
            if (replaced.test(redis)) {
                throw new JedisConnectionException("another is in its place");
            }
        }
        if (silent < SILENCE.toNanos()) {
            return false;
        }
        if (silent > 2 * SILENCE.toNanos()) {
            throw new JedisConnectionException("no sign of life");
        }
        if (!asked) {
            redis.sendNow(List.of(new CommandArguments(Command.PING)));
        }
        return true;
    }

    private static void send(NodeConnection redis, boolean subscribe, List<Wish> batch) {
        PubSub pubSub = redis.pubSub();
        // Names of several slots in one command are refused.
        Map<Integer, CommandArguments> commands = new HashMap<>();
        for (Wish wish : batch) {
            commands.computeIfAbsent(
                            pubSub == PubSub.SHARDED ? wish.partition : 0,
                            _ -> new CommandArguments(subscribe ? pubSub.subscribe() : pubSub.unsubscribe()))
                    .add(wish.name.array());
        }
        redis.sendNow(commands.values());
    }

    // ---- the reading thread ----

    /// @param end completes exceptionally when the connection is lost
    private void read(NodeConnection redis, CompletableFuture<Void> end) {
        try {
            while (!closed) {
                readOne(redis);
            }
            end.complete(null);
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private void readOne(NodeConnection redis) {
        try {
            Object message = redis.getUnflushedObject();
            heardAt = System.nanoTime();
            if (message instanceof List<?> parts) {
                heard(parts);
            }
        } catch (JedisMovedDataException e) {
            misplaced.moved(Partitions.ofSlot(e.getSlot()), e.getTargetNode());
        } catch (JedisClusterException _) {
            // It does not say which slots are down; what it has confirmed it still has.
            wanted.values().stream()
                    .filter(wish -> !wish.done.isDone())
                    .mapToInt(Wish::partition)
                    .distinct()
                    .forEach(misplaced::lost);
        }
    }

    private void heard(List<?> parts) {
        if (!(parts.getFirst() instanceof byte[] kind) || parts.size() < 3 || !(parts.get(1) instanceof byte[] name)) {
            return;
        }
        switch (new String(kind, US_ASCII)) {
            case "message", "smessage" -> {
                // Another node may have taken over what is still on its way here.
                if (parts.get(2) instanceof byte[] message && wanted.containsKey(Bytes.of(name))) {
                    tell(name, message);
                }
            }
            case "subscribe", "ssubscribe" -> {
                Wish wish = wanted.get(Bytes.of(name));
                if (wish != null) {
                    wish.done.complete(null);
                }
            }
            case "sunsubscribe" -> {
                Wish wish = wanted.get(Bytes.of(name));
                // Of what is not confirmed an earlier wish has ended, and the confirmation follows.
                if (wish != null && wish.done.isDone()) {
                    misplaced.lost(wish.partition);
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
        NodeConnection open = connection;
        if (open != null) {
            disconnect(open);
        }
    }
}
