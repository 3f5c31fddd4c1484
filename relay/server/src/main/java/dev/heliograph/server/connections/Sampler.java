package dev.heliograph.server.connections;

import dev.heliograph.server.session.Link;
import dev.heliograph.server.session.Reading;
import dev.heliograph.server.session.Session;
import dev.heliograph.server.session.Sessions;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The rates of this node's connections. Somebody who asks turns it on: for a minute all counters are read each
/// second, and rates are those of the last one or two seconds. Until then, and for connections that have just
/// come, a rate is the average since the connection began. While nobody asks, nothing runs and nothing is kept.
/// Threadsafe.
final class Sampler implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(1);
    static final Duration WATCHED = Duration.ofSeconds(60);

    private final Sessions sessions;
    private final LongSupplier nanoTime;

    /// Guarded by this.
    private long watchedUntil;

    /// Guarded by this.
    private boolean running;

    /// Guarded by this.
    private boolean closed;

    Sampler(Sessions sessions, LongSupplier nanoTime) {
        this.sessions = sessions;
        this.nanoTime = nanoTime;
    }

    /// Somebody asks.
    synchronized void watch() {
        watchedUntil = nanoTime.getAsLong() + WATCHED.toNanos();
        if (!running && !closed) {
            running = true;
            Thread.ofVirtual().name("connection-rates").start(this::run);
        }
    }

    synchronized boolean running() {
        return running;
    }

    private void run() {
        try {
            while (watched()) {
                sample();
                synchronized (this) {
                    wait(INTERVAL.toMillis());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean watched() {
        if (!closed && nanoTime.getAsLong() - watchedUntil < 0) {
            return true;
        }
        running = false;
        sessions.all().forEach(Session::forgetReadings);
        return false;
    }

    void sample() {
        for (Session session : sessions.all()) {
            session.takeReading(nanoTime.getAsLong());
        }
    }

    /// @param figures of now
    /// @param ageMs   of the connection
    Rates rates(Session session, Link.Figures figures, long ageMs) {
        @Nullable Reading last = session.reading();
        @Nullable Reading since = last == null ? null : last.before();
        return since == null
                ? Rates.between(Rates.NOTHING, figures, Math.max(1, ageMs) * 1_000_000)
                : Rates.between(since.figures(), figures, nanoTime.getAsLong() - since.at());
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
