package dev.heliograph.server.follow;

import dev.heliograph.server.follow.Questions.Keep;
import dev.heliograph.server.follow.Questions.Kept;
import dev.heliograph.server.observe.Redactor;
import dev.heliograph.server.observe.TraceEvent;
import dev.heliograph.server.observe.Tracer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One who follows, as this node serves them: until the time is over, they say that it is, or they have not asked for
/// a lease. Threadsafe.
final class LocalFollow implements AutoCloseable {

    /// How long the last events may take from the tracer's thread to here.
    private static final long LAST_EVENTS_MILLIS = 1_000;

    private final Events events;
    private final AutoCloseable tracing;
    private final CountDownLatch traced = new CountDownLatch(1);
    private final Duration lease;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long askedAt = System.nanoTime();

    /// Begins to follow.
    ///
    /// @param seen where the numbers of its events go on from
    /// @param lease how long it goes on without a question
    /// @throws IllegalStateException if too much is followed already
    LocalFollow(Keep keep, long seen, Tracer tracer, String node, Redactor redactor, Duration lease) {
        this.lease = lease;
        this.events = new Events(seen);
        this.tracing = tracer.follow(keep.spec(), event -> {
            if (event.kind() == TraceEvent.Kind.ENDED) {
                events.lost(event.bytes());
                traced.countDown();
            } else {
                events.add(FollowedEvent.of(event, node, redactor));
            }
        });
    }

    /// Sees to it that it ends when nobody asks any more.
    ///
    /// @param whenOver told of its end
    LocalFollow watched(Consumer<LocalFollow> whenOver) {
        Thread.ofVirtual().name("follow-lease").start(() -> watch(whenOver));
        return this;
    }

    private void watch(Consumer<LocalFollow> whenOver) {
        try {
            long left = lease.toNanos();
            while (left > 0 && !closed.await(left, TimeUnit.NANOSECONDS)) {
                left = askedAt + lease.toNanos() - System.nanoTime();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            stop();
            whenOver.accept(this);
        }
    }

    private void stop() {
        try {
            tracing.close();
        } catch (Exception e) {
            throw new IllegalStateException("a follow cannot be closed", e);
        }
    }

    /// What has happened since, and goes on.
    Kept after(long seen) {
        askedAt = System.nanoTime();
        return events.after(seen);
    }

    /// Ends it.
    ///
    /// @return what has happened since
    Kept end(long seen) {
        close();
        stop();
        try {
            var _ = traced.await(LAST_EVENTS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return events.after(seen);
    }

    /// Ends it soon.
    @Override
    public void close() {
        closed.countDown();
    }
}
