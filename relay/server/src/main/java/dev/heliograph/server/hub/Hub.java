package dev.heliograph.server.hub;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.broker.BrokerException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Knows which loops have subscribers of a channel, asks the broker for those channels only, and posts what the broker
/// tells once to each such loop, not once to each connection. Threadsafe.
public final class Hub implements Broker.Listener {

    /// More stripes than cores, so that joins of different channels seldom wait for each other.
    private static final int STRIPES = 64;

    /// Deliveries on the queue of one loop before publishers of its channels wait: a few turns of work.
    private static final int MAX_BACKLOG = 16_384;

    /// How long a publisher waits for a loop before it is told to try again.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Broker broker;
    private final Duration patience;
    private final Map<String, Interest> interests = new ConcurrentHashMap<>();
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    /// Null while nobody counts.
    private volatile @Nullable Consumer<String> counter;

    public Hub(Broker broker) {
        this(broker, PATIENCE);
    }

    Hub(Broker broker, Duration patience) {
        this.broker = broker;
        this.patience = patience;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /// Counts one more subscriber of a channel on a loop. When it returns, the loop is told of every later
    /// publication. May block; the first subscriber of a channel waits for the broker.
    public void join(String channel, Loop loop) {
        ReentrantLock stripe = stripe(channel);
        stripe.lock();
        try {
            Interest interest = interests.get(channel);
            if (interest == null) {
                broker.subscribe(channel);
                interest = new Interest();
                interest.add(loop);
                interests.put(channel, interest);
            } else {
                interest.add(loop);
            }
        } finally {
            stripe.unlock();
        }
    }

    /// Takes back one [#join].
    public void leave(String channel, Loop loop) {
        ReentrantLock stripe = stripe(channel);
        stripe.lock();
        try {
            Interest interest = interests.get(channel);
            if (interest != null && interest.remove(loop)) {
                interests.remove(channel);
                broker.unsubscribe(channel);
            }
        } finally {
            stripe.unlock();
        }
    }

    /// Waits while a loop that serves a channel has too much to write, so that its queue stays bounded however
    /// fast publishers are. Called before a publication, without a lock.
    ///
    /// @throws BrokerException if the loop does not catch up in time
    @Override
    public void awaitCapacity(String channel) {
        Interest interest = interests.get(channel);
        if (interest == null) {
            return;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        for (Loop loop : interest.loops) {
            while (loop.backlog() > MAX_BACKLOG) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new BrokerException("subscribers of this node cannot be served fast enough");
                }
                LockSupport.parkNanos(500_000);
            }
        }
    }

    /// Hands out the channel of each publication that this node hears, until it is called with nothing. One at
    /// a time; must neither block nor throw. Without one a publication costs the look that finds none.
    public void count(Optional<Consumer<String>> listener) {
        counter = listener.orElse(null);
    }

    /// Whether somebody counts publications.
    public boolean counted() {
        return counter != null;
    }

    /// Hands out the channels of this node, and how many subscribers each has here, in no order.
    public void forEachChannel(ObjIntConsumer<String> action) {
        interests.forEach((channel, interest) -> {
            int subscribers = interest.total;
            if (subscribers > 0) {
                action.accept(channel, subscribers);
            }
        });
    }

    /// Subscribers of a channel on this node.
    public int subscribers(String channel) {
        Interest interest = interests.get(channel);
        return interest == null ? 0 : interest.total;
    }

    /// Subscribers of this node by channel, sorted by name.
    public Map<String, Integer> channels(Predicate<String> filter) {
        Map<String, Integer> counts = new TreeMap<>();
        interests.forEach((channel, interest) -> {
            if (interest.total > 0 && filter.test(channel)) {
                counts.put(channel, interest.total);
            }
        });
        return counts;
    }

    /// Channels with at least one subscriber on this node.
    public int channelCount() {
        return interests.size();
    }

    /// Subscriptions of this node.
    public int subscriptionCount() {
        return interests.values().stream().mapToInt(interest -> interest.total).sum();
    }

    @Override
    public void onPublication(String channel, String epoch, Publication publication, long since) {
        Consumer<String> listener = counter;
        if (listener != null) {
            listener.accept(channel);
        }
        post(channel, new Push.Pub(channel, publication), epoch, publication.offset(), since);
    }

    @Override
    public void onJoin(String channel, ClientInfo info) {
        post(channel, new Push.Join(channel, info), "", 0, System.nanoTime());
    }

    @Override
    public void onLeave(String channel, ClientInfo info) {
        post(channel, new Push.Leave(channel, info), "", 0, System.nanoTime());
    }

    @Override
    public void onPosition(String channel, StreamPosition position) {
        @Nullable Interest interest = interests.get(channel);
        if (interest != null) {
            for (Loop loop : interest.loops) {
                loop.execute(() -> loop.shard().verify(channel, position));
            }
        }
    }

    private void post(String channel, Push push, String epoch, long offset, long since) {
        @Nullable Interest interest = interests.get(channel);
        if (interest != null) {
            Delivery delivery = new Delivery(push, epoch, offset, since);
            for (Loop loop : interest.loops) {
                loop.deliver(delivery);
            }
        }
    }

    private ReentrantLock stripe(String channel) {
        int hash = channel.hashCode();
        return stripes[(hash ^ hash >>> 16) & STRIPES - 1];
    }

    /// Guarded by the stripe of its channel; `loops` and `total` are read without it.
    private static final class Interest {

        private final IdentityHashMap<Loop, Integer> counts = new IdentityHashMap<>(2);
        private volatile Loop[] loops = new Loop[0];
        private volatile int total;

        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        void add(Loop loop) {
            total += loop.observes() ? 0 : 1;
            if (counts.merge(loop, 1, Integer::sum) == 1) {
                loops = counts.keySet().toArray(Loop[]::new);
            }
        }

        /// @return whether nobody is left
        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        boolean remove(Loop loop) {
            Integer count = counts.get(loop);
            if (count == null) {
                return false;
            }
            total -= loop.observes() ? 0 : 1;
            if (count == 1) {
                counts.remove(loop);
                loops = counts.keySet().toArray(Loop[]::new);
            } else {
                counts.put(loop, count - 1);
            }
            return counts.isEmpty();
        }
    }
}
