package dev.heliograph.server.broker;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A broker in the memory of one node, for a relay of a single node, for development and for tests.
///
/// - Publications of one channel are numbered and delivered one after the other under the channel's lock, so the
///   listener's calls for one channel do not overlap. Channels do not wait for each other, but for the rare two that
///   share a lock.
/// - A channel costs memory only while it has a stream, members, subscribers or a remembered idempotency key.
/// - What has expired is invisible at once; its memory is freed within about a second.
/// - At a bound of [Limits] the oldest goes, so that a reader sees the loss: offsets leave a gap, or the epoch is
///   another one. A publication larger than the bound of bytes is delivered, and lost to the history.
/// - After [#close] every method throws [BrokerException].
public final class EmbeddedBroker implements Broker {

    private static final System.Logger LOGGER = System.getLogger(EmbeddedBroker.class.getName());

    // Memory of expired things is held for no longer than that; they are invisible before.
    private static final int SWEEP_SECONDS = 1;

    private static final PublishResult DELIVERED_ONLY = new PublishResult(StreamPosition.START, false);

    /// What this broker may keep.
    ///
    /// Members and subscriptions are not limited here: they belong to connections, which are limited where they
    /// are accepted.
    ///
    /// @param maxHistoryBytes    all publications of all streams, with an estimate of what their objects take
    /// @param maxChannels        streams; one without publications takes about half a kilobyte
    /// @param maxIdempotencyKeys remembered results of idempotent publications
    public record Limits(long maxHistoryBytes, int maxChannels, int maxIdempotencyKeys) {

        /// 256 MiB of history, a million streams, and the keys of five minutes at a thousand a second (60 MB).
        public static final Limits DEFAULT = new Limits(256L << 20, 1_000_000, 300_000);

        public Limits {
            requirePositive(maxHistoryBytes, "maxHistoryBytes");
            requirePositive(maxChannels, "maxChannels");
            requirePositive(maxIdempotencyKeys, "maxIdempotencyKeys");
        }

        private static void requirePositive(long value, String name) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be positive: " + value);
            }
        }
    }

    /// What this broker keeps now.
    ///
    /// @param historyBytes     as [Limits#maxHistoryBytes] counts them
    /// @param streams          channels with an epoch and an offset
    /// @param idempotencyKeys  remembered results
    /// @param presenceChannels channels with members
    public record Usage(long historyBytes, int streams, int idempotencyKeys, int presenceChannels) {}

    /// Where the broker is in its life: latent, started, closed.
    private sealed interface State {
        record Latent() implements State {}

        record Started(Listener listener, ScheduledExecutorService sweeper) implements State {}

        record Closed() implements State {}
    }

    private final InstantSource time;
    private final ChannelLocks locks = new ChannelLocks();
    private final Streams streams;
    private final IdempotentResults results;
    private final Presences presences = new Presences();
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lifecycle = new ReentrantLock();
    private volatile State state = new State.Latent(); // written under `lifecycle`

    /// With the default limits.
    public EmbeddedBroker() {
        this(Limits.DEFAULT, steadyTime());
    }

    /// With the time that passes.
    public EmbeddedBroker(Limits limits) {
        this(limits, steadyTime());
    }

    /// With a time of the caller's own.
    ///
    /// @param time that times to live are measured by
    public EmbeddedBroker(Limits limits, InstantSource time) {
        this.time = requireNonNull(time, "time");
        streams = new Streams(locks, limits.maxHistoryBytes(), limits.maxChannels());
        results = new IdempotentResults(limits.maxIdempotencyKeys());
    }

    /// Time that passes evenly even when the system's clock is set.
    public static InstantSource steadyTime() {
        Instant base = Instant.now();
        long start = System.nanoTime();
        return () -> base.plusNanos(System.nanoTime() - start);
    }

    @Override
    public void start(Listener listener) {
        requireNonNull(listener, "listener");
        lifecycle.lock();
        try {
            state = switch (state) {
                case State.Latent _ -> new State.Started(listener, startSweeper());
                case State.Started _ -> throw new IllegalStateException("the broker is started already");
                case State.Closed _ -> throw closed();
            };
        } finally {
            lifecycle.unlock();
        }
    }

    private ScheduledExecutorService startSweeper() {
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("broker-sweeper").factory());
        var _ = sweeper.scheduleWithFixedDelay(this::sweepLoggingFailure, SWEEP_SECONDS, SWEEP_SECONDS, SECONDS);
        return sweeper;
    }

    private void sweepLoggingFailure() {
        try {
            sweep();
        } catch (RuntimeException e) {
            // Thrown on, it would end the sweeping for good.
            LOGGER.log(Level.ERROR, "sweeping expired streams and members failed", e);
        }
    }

    /// Frees the memory of what has expired.
    void sweep() {
        long now = time.millis();
        streams.sweep(now);
        results.sweep(now);
        presences.sweep(now);
    }

    private Listener listener() {
        return switch (state) {
            case State.Started started -> started.listener();
            case State.Latent _ -> throw new IllegalStateException("the broker is not started");
            case State.Closed _ -> throw closed();
        };
    }

    private static BrokerException closed() {
        return new BrokerException("the broker is closed");
    }

    @Override
    public void subscribe(String channel) {
        listener();
        subscribed.add(channel);
    }

    @Override
    public void unsubscribe(String channel) {
        listener();
        subscribed.remove(channel);
    }

    @Override
    public PublishResult publish(String channel, Publication publication, PublishOptions options) {
        long since = System.nanoTime();
        Listener listener = listener();
        boolean keepsNothing =
                !options.keepsHistory() && options.idempotencyKey().isEmpty();
        if (keepsNothing && !subscribed.contains(channel)) {
            return DELIVERED_ONLY;
        }
        ReentrantLock lock = locks.of(channel);
        PublishResult result;
        lock.lock();
        try {
            result = publishLocked(listener, channel, publication, options, since);
        } finally {
            lock.unlock();
        }
        if (options.keepsHistory()) {
            streams.trim();
        }
        return result;
    }

    private PublishResult publishLocked(
            Listener listener, String channel, Publication publication, PublishOptions options, long since) {
        long now = time.millis();
        Optional<PublishResult> first = firstResult(channel, options, now);
        if (first.isPresent()) {
            return new PublishResult(first.get().position(), true);
        }
        if (!options.keepsHistory()) {
            remember(channel, options, DELIVERED_ONLY, now);
            deliver(listener, channel, "", publication.offset() == 0 ? publication : publication.at(0), since);
            return DELIVERED_ONLY;
        }
        Stream stream = streams.open(channel, now, options.metaTtl());
        if (stream.knows(options.version(), options.versionEpoch())) {
            return new PublishResult(stream.top(), true);
        }
        Publication numbered = streams.append(stream, publication, options, now);
        PublishResult result = new PublishResult(stream.top(), false);
        // Before the delivery: whatever goes wrong there, a repeat must not be stored again.
        remember(channel, options, result, now);
        deliver(listener, channel, result.position().epoch(), numbered, since);
        return result;
    }

    private Optional<PublishResult> firstResult(String channel, PublishOptions options, long now) {
        String key = options.idempotencyKey();
        return key.isEmpty() ? Optional.empty() : results.find(channel, key, now);
    }

    private void remember(String channel, PublishOptions options, PublishResult result, long now) {
        String key = options.idempotencyKey();
        if (!key.isEmpty()) {
            results.remember(channel, key, result, Deadline.after(now, options.idempotencyTtl()));
        }
    }

    private void deliver(Listener listener, String channel, String epoch, Publication publication, long since) {
        if (subscribed.contains(channel)) {
            listener.onPublication(channel, epoch, publication, since);
        }
    }

    @Override
    public void publishJoin(String channel, ClientInfo info) {
        tell(channel, listener -> listener.onJoin(channel, info));
    }

    @Override
    public void publishLeave(String channel, ClientInfo info) {
        tell(channel, listener -> listener.onLeave(channel, info));
    }

    private void tell(String channel, Consumer<Listener> news) {
        Listener listener = listener();
        if (!subscribed.contains(channel)) {
            return;
        }
        ReentrantLock lock = locks.of(channel);
        lock.lock();
        try {
            news.accept(listener);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public HistoryPage history(String channel, HistoryQuery query, Duration metaTtl) {
        listener();
        ReentrantLock lock = locks.of(channel);
        HistoryPage page;
        lock.lock();
        try {
            page = streams.open(channel, time.millis(), metaTtl).read(query);
        } finally {
            lock.unlock();
        }
        streams.trim();
        return page;
    }

    @Override
    public void removeHistory(String channel) {
        listener();
        ReentrantLock lock = locks.of(channel);
        lock.lock();
        try {
            streams.find(channel, time.millis()).ifPresent(streams::clear);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void addPresence(String channel, ClientInfo info, Duration ttl) {
        listener();
        presences.add(channel, info, Deadline.after(time.millis(), ttl));
    }

    @Override
    public void removePresence(String channel, String client) {
        listener();
        presences.remove(channel, client);
    }

    @Override
    public Map<String, ClientInfo> presence(String channel) {
        listener();
        return presences.members(channel, time.millis());
    }

    @Override
    public PresenceCount presenceStats(String channel) {
        listener();
        return presences.count(channel, time.millis());
    }

    /// For observation; approximate while others publish.
    public Usage usage() {
        return new Usage(streams.bytes(), streams.count(), results.count(), presences.count());
    }

    @Override
    public double availability() {
        return state instanceof State.Closed ? 0 : 1;
    }

    @Override
    public void close() {
        lifecycle.lock();
        try {
            if (state instanceof State.Started started) {
                started.sweeper().shutdownNow();
            }
            state = new State.Closed();
        } finally {
            lifecycle.unlock();
        }
    }
}
