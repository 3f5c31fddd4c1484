package dev.heliograph.client;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Time, as far as the client knows it; tests have one that stands still.
interface Timing {

    /// Something that will happen unless it is cancelled.
    @FunctionalInterface
    interface Timer {
        Timer NONE = () -> {};

        void cancel();
    }

    /// Nanoseconds from an arbitrary origin; only differences mean something.
    long nanos();

    /// Runs a task once after a delay. The task must not block.
    Timer after(Duration delay, Runnable task);

    /// The JVM's own clock and timer thread.
    static Timing system() {
        return new Timing() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Timer after(Duration delay, Runnable task) {
                ScheduledFuture<?> scheduled =
                        ForkJoinPool.commonPool().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            }
        };
    }
}
