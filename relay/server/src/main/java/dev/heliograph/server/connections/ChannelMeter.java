package dev.heliograph.server.connections;

import dev.heliograph.server.hub.Hub;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Publications a second of this node's channels. Somebody who asks turns it on for a minute; while nobody asks,
/// nothing is counted. Rates are those of the last two to four seconds. Threadsafe.
final class ChannelMeter implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(2);
    static final Duration WATCHED = Duration.ofSeconds(60);

    /// Channels that are counted; those that come later are not.
    private static final int MAX_CHANNELS = 100_000;

    /// What was counted since a moment.
    private record Window(long since, Map<String, LongAdder> counts) {

        long count(String channel) {
            LongAdder count = counts.get(channel);
            return count == null ? 0 : count.sum();
        }
    }

    /// @param windowMs 0 if nothing was measured yet
    record Rate(double perSecond, long windowMs) {
        static final Rate UNKNOWN = new Rate(0, 0);
    }

    private final Hub hub;
    private final LongSupplier nanoTime;

    /// Null before there is one.
    private volatile @Nullable Window older;
    /// Null while nobody asks.
    private volatile @Nullable Window newer;

    /// Guarded by this.
    private long watchedUntil;

    /// Guarded by this.
    private boolean running;

    /// Guarded by this.
    private boolean closed;

    ChannelMeter(Hub hub, LongSupplier nanoTime) {
        this.hub = hub;
        this.nanoTime = nanoTime;
    }

    /// Somebody asks.
    synchronized void watch() {
        watchedUntil = nanoTime.getAsLong() + WATCHED.toNanos();
        if (!running && !closed) {
            running = true;
            turn();
            hub.count(Optional.of(this::published));
            Thread.ofVirtual().name("channel-rates").start(this::run);
        }
    }

    synchronized boolean running() {
        return running;
    }

    private void run() {
        try {
            synchronized (this) {
                while (!closed && nanoTime.getAsLong() - watchedUntil < 0) {
                    wait(INTERVAL.toMillis());
                    turn();
                }
                hub.count(Optional.empty());
                older = null;
                newer = null;
                running = false;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Begins a new window.
    private synchronized void turn() {
        long now = nanoTime.getAsLong();
        Window last = newer;
        if (last == null || now - last.since() >= INTERVAL.toNanos() / 2) {
            older = last;
            newer = new Window(now, new ConcurrentHashMap<>());
        }
    }

    private void published(String channel) {
        Window window = newer;
        if (window == null) {
            return;
        }
        Map<String, LongAdder> counts = window.counts();
        LongAdder count = counts.get(channel);
        if (count == null) {
            if (counts.size() >= MAX_CHANNELS) {
                return;
            }
            count = counts.computeIfAbsent(channel, _ -> new LongAdder());
        }
        count.increment();
    }

    Rate rate(String channel) {
        Window last = newer;
        Window before = older;
        if (last == null) {
            return Rate.UNKNOWN;
        }
        long since = before == null ? last.since() : before.since();
        long nanos = nanoTime.getAsLong() - since;
        if (nanos < Duration.ofSeconds(1).toNanos()) {
            return Rate.UNKNOWN;
        }
        long count = last.count(channel) + (before == null ? 0 : before.count(channel));
        return new Rate(count * 1e9 / nanos, nanos / 1_000_000);
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
