package dev.heliograph.server.redis;

import dev.heliograph.server.redis.Subscriber.Wish;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/// A Redis Cluster: partitions live where their slots are, and may move.
///
/// One thread asks where they are: every [#PERIOD], and as soon as a node says that it is elsewhere, or is away. When
/// a partition has moved, its new master is told so first; then what was wanted of it is subscribed to there.
final class Cluster implements Topology {

    private static final System.Logger LOG = System.getLogger(Cluster.class.getName());

    /// Less than it takes a cluster to find that a master is dead: a server that was demoted and then promoted
    /// again by a failover is found to have lost its partitions in between, and is told again of a move.
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /// However often somebody has reason to ask.
    private static final Duration MIN_GAP = Duration.ofMillis(100);

    /// For what is still to be answered by a node without partitions: longer than any command waits.
    static final Duration IDLE = Duration.ofSeconds(30);

    /// A node, and since when it has no partition.
    static final class Member {
        private final HostAndPort address;
        private final Node node;
        // Guarded by the lock.
        private long idleSince = System.nanoTime();

        private Member(HostAndPort address, BiFunction<HostAndPort, Subscriber.Misplaced, Node> open, Cluster cluster) {
            this.address = address;
            this.node = open.apply(address, new Subscriber.Misplaced() {
                @Override
                public void moved(int partition, HostAndPort target) {
                    cluster.lost(partition, Member.this);
                    cluster.moved(partition, Member.this, target);
                }

                @Override
                public void lost(int partition) {
                    cluster.lost(partition, Member.this);
                }
            });
        }

        Pipeliner commands() {
            return node.commands();
        }
    }

    private final BiFunction<HostAndPort, Subscriber.Misplaced, Node> open;
    private final SlotSource slots;
    private final Preparation preparation;
    private final Duration timeout;
    private final Duration idle;
    private final List<Commands> commands;
    private final List<Subscriptions> subscriptions;
    private final Semaphore soon = new Semaphore(1);
    private final CompletableFuture<@Nullable Void> asked = new CompletableFuture<>();
    private final Thread worker;
    private volatile boolean closed;
    private volatile String problem = "";

    /// Changed under the write lock. Who subscribes holds the read lock, so that no wish gets to a node too
    /// late to be handed over.
    private final AtomicReferenceArray<@Nullable Member> owners = new AtomicReferenceArray<>(Partitions.COUNT);

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    // Guarded by the write lock:
    private final Map<HostAndPort, Member> members = new HashMap<>();
    /// Partitions some of whose channels are not subscribed to.
    private final BitSet lost = new BitSet();
    /// Partitions whose new master said that it had not got them when it was told of the move.
    private final BitSet untold = new BitSet();

    /// @param open makes the connections to a node
    /// @param idle how long they are kept when the node has no partition any more
    Cluster(
            BiFunction<HostAndPort, Subscriber.Misplaced, Node> open,
            SlotSource slots,
            Preparation preparation,
            Duration timeout,
            Duration idle) {
        this.open = open;
        this.slots = slots;
        this.preparation = preparation;
        this.timeout = timeout;
        this.idle = idle;
        this.commands = IntStream.range(0, Partitions.COUNT)
                .<Commands>mapToObj(partition -> new ClusterCommands(this, partition, timeout))
                .toList();
        this.subscriptions = IntStream.range(0, Partitions.COUNT)
                .<Subscriptions>mapToObj(Heard::new)
                .toList();
        this.worker = Thread.ofVirtual().name("redis-cluster").start(this::work);
    }

    @Override
    public Commands commands(int partition) {
        return commands.get(partition);
    }

    @Override
    public Subscriptions subscriptions(int partition) {
        return subscriptions.get(partition);
    }

    /// @throws RedisException if nobody has told where the partition is
    Member owner(int partition) {
        Member owner = owners.get(partition);
        if (owner == null) {
            Replies.await(asked.copy(), timeout, "cluster");
            owner = owners.get(partition);
        }
        if (owner == null) {
            throw new RedisException("no redis has the partition: " + problem);
        }
        return owner;
    }

    /// Has the slots looked up soon, because a node is away or does not do what it should.
    void suspect() {
        if (soon.availablePermits() == 0) {
            soon.release();
        }
    }

    /// A node said that a partition is elsewhere.
    ///
    /// @param from   the node; only the one that was believed to have it can tell news
    /// @param target the other node
    /// @return where it is believed to be now
    Member moved(int partition, Member from, HostAndPort target) {
        lock.writeLock().lock();
        try {
            if (owners.get(partition) == from) {
                HostAndPort address = address(from, target);
                assign(Map.of(partition, member(address)));
                slots.prefer(address);
                suspect();
            }
        } finally {
            lock.writeLock().unlock();
        }
        return owner(partition);
    }

    /// A node that gets a partition just now.
    Member arriving(Member from, HostAndPort target) {
        lock.writeLock().lock();
        try {
            Member member = member(address(from, target));
            member.idleSince = System.nanoTime();
            return member;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static HostAndPort address(Member from, HostAndPort target) {
        return SlotMap.announced(target.getHost()) ? target : new HostAndPort(from.address.getHost(), target.getPort());
    }

    private void lost(int partition, Member at) {
        lock.writeLock().lock();
        try {
            if (owners.get(partition) == at) {
                lost.set(partition);
                suspect();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    // ---- what the thread does ----

    private void work() {
        try (slots) {
            while (!closed) {
                var _ = soon.tryAcquire(PERIOD.toNanos(), TimeUnit.NANOSECONDS);
                soon.drainPermits();
                refresh();
                Thread.sleep(MIN_GAP);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void refresh() {
        try {
            apply(slots.read());
            problem = "";
        } catch (JedisException e) {
            complain(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Whatever it is: this thread must live on.
            complain(e.toString());
        }
        asked.complete(null);
    }

    private void complain(String reason) {
        if (problem.isEmpty() && !closed) {
            LOG.log(Level.WARNING, () -> "redis cluster: " + reason);
        }
        problem = reason;
    }

    /// A partition that nobody has stays where it was: what is asked there fails, until somebody has it.
    private void apply(SlotMap map) {
        List<Member> idle;
        lock.writeLock().lock();
        try {
            Map<Integer, Member> moves = new HashMap<>();
            map.owners().forEach((partition, address) -> {
                Member member = member(address);
                if (owners.get(partition) != member || untold.get(partition)) {
                    moves.put(partition, member);
                }
            });
            assign(moves);
            repeatLost();
            idle = removeIdle();
        } finally {
            lock.writeLock().unlock();
        }
        idle.forEach(member -> member.node.close());
    }

    private Member member(HostAndPort address) {
        if (closed) {
            throw new RedisException("closed");
        }
        return members.computeIfAbsent(address, _ -> new Member(address, open, this));
    }

    private void assign(Map<Integer, Member> moves) {
        Map<Member, BitSet> left = new HashMap<>();
        moves.forEach((partition, member) -> {
            // Commands of a connection run in order: it is told before anything that is sent from now on.
            if (tell(partition, member)) {
                Member before = owners.getAndSet(partition, member);
                if (before != null && before != member) {
                    left.computeIfAbsent(before, _ -> new BitSet()).set(partition);
                }
            }
        });
        left.forEach(this::handOver);
    }

    /// @return false if it is away: it is tried again, and its next connection is made ready by then
    private boolean tell(int partition, Member member) {
        CommandArguments news = preparation.moved(partition);
        try {
            var _ = member.commands().submit(news).whenComplete((_, failure) -> {
                // Any other failure is that of the connection; the next one is made ready.
                if (failure instanceof JedisRedirectionException) {
                    retell(partition, member);
                }
            });
            untold.clear(partition);
            return true;
        } catch (RedisException _) {
            suspect();
            return false;
        }
    }

    private void retell(int partition, Member member) {
        lock.writeLock().lock();
        try {
            if (owners.get(partition) == member) {
                untold.set(partition);
                suspect();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void handOver(Member from, BitSet partitions) {
        LOG.log(
                Level.INFO,
                () -> "redis cluster: %d of %d partitions moved away from %s"
                        .formatted(partitions.cardinality(), Partitions.COUNT, from.address));
        lost.andNot(partitions);
        Map<Member, List<Wish>> wishes = new HashMap<>();
        for (Wish wish : from.node.subscriber().release(partitions)) {
            wishes.computeIfAbsent(owner(wish.partition()), _ -> new ArrayList<>())
                    .add(wish);
        }
        wishes.forEach((member, wanted) -> member.node.subscriber().adopt(wanted));
    }

    private void repeatLost() {
        Map<Member, BitSet> again = new HashMap<>();
        lost.stream()
                .forEach(partition -> again.computeIfAbsent(owner(partition), _ -> new BitSet())
                        .set(partition));
        lost.clear();
        again.forEach((member, partitions) -> member.node.subscriber().repeat(partitions));
    }

    private List<Member> removeIdle() {
        Set<Member> owning = new HashSet<>();
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            Member owner = owners.get(partition);
            if (owner != null) {
                owning.add(owner);
            }
        }
        long now = System.nanoTime();
        List<Member> removed = new ArrayList<>();
        for (Iterator<Member> all = members.values().iterator(); all.hasNext(); ) {
            Member member = all.next();
            if (owning.contains(member)) {
                member.idleSince = now;
            } else if (now - member.idleSince > idle.toNanos()) {
                all.remove();
                removed.add(member);
            }
        }
        return removed;
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        List<Member> all;
        lock.writeLock().lock();
        try {
            all = List.copyOf(members.values());
        } finally {
            lock.writeLock().unlock();
        }
        all.forEach(member -> member.node.close());
    }

    /// The subscriptions of a partition, wherever it is.
    private final class Heard implements Subscriptions {

        private final int partition;

        Heard(int partition) {
            this.partition = partition;
        }

        @Override
        public void subscribe(byte[] name) {
            owner(partition);
            want(name).ifPresent(wish -> {
                try {
                    Replies.await(wish.done(), timeout, "cluster");
                } catch (RedisException e) {
                    unsubscribe(name);
                    suspect();
                    throw e;
                }
            });
        }

        private Optional<Wish> want(byte[] name) {
            lock.readLock().lock();
            try {
                return owner(partition).node.subscriber().want(partition, name);
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public void unsubscribe(byte[] name) {
            lock.readLock().lock();
            try {
                Member owner = owners.get(partition);
                if (owner != null) {
                    owner.node.subscriber().unsubscribe(name);
                }
            } finally {
                lock.readLock().unlock();
            }
        }
    }
}
