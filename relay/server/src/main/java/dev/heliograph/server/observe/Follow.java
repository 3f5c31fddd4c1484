package dev.heliograph.server.observe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// One follow: a bounded queue, and a virtual thread that hands what is in it to the one who asked.
final class Follow implements AutoCloseable {

    /// Events that may wait: a second of a busy connection.
    static final int CAPACITY = 1_024;

    private static final System.Logger LOG = System.getLogger(Follow.class.getName());

    private final FollowSpec spec;
    private final Consumer<TraceEvent> consumer;
    private final InstantSource clock;
    private final Consumer<Follow> onEnd;
    private final BlockingQueue<TraceEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder lost = new LongAdder();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final long end;
    private final Thread thread;

    Follow(FollowSpec spec, Consumer<TraceEvent> consumer, InstantSource clock, Consumer<Follow> onEnd) {
        this.spec = spec;
        this.consumer = consumer;
        this.clock = clock;
        this.onEnd = onEnd;
        this.end = System.nanoTime() + spec.duration().toNanos();
        this.thread = Thread.ofVirtual().name("follow").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    FollowSpec spec() {
        return spec;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /// Whether this delivery is one of those that are told.
    boolean sampled() {
        return spec.sampling() == 1 || Math.floorMod(deliveries.getAndIncrement(), spec.sampling()) == 0;
    }

    /// Never waits; from any thread.
    void offer(TraceEvent event) {
        if (!queue.offer(event)) {
            lost.increment();
        }
    }

    private void work() {
        String why = "its time is over";
        try {
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                TraceEvent event = queue.poll(left, TimeUnit.NANOSECONDS);
                if (event != null) {
                    consumer.accept(event);
                }
            }
        } catch (InterruptedException _) {
            why = "closed";
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "who followed failed", e);
        }
        onEnd.accept(this);
        try {
            // What still waits is lost, too.
            long left = lost.sum() + queue.size();
            consumer.accept(new TraceEvent(clock.instant(), TraceEvent.Kind.ENDED, "", "", "", "", why, left, ""));
        } catch (RuntimeException _) {
            // It was told that it fails.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
