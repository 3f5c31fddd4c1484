package dev.heliograph.console.workspace;

import dev.heliograph.console.value.Watch;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Work on virtual threads. Closing it interrupts all that is under way; what comes later is not begun.
/// Threadsafe.
public final class VirtualBackground implements Background, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(VirtualBackground.class.getName());

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    public <T> CompletableFuture<T> call(Callable<T> work) {
        Interruptible<T> result = new Interruptible<>();
        if (closed) {
            result.cancel(true);
            return result;
        }
        Thread working = start(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        result.thread = working;
        if (result.isCancelled()) {
            // It was, before it was known which thread it is.
            working.interrupt();
        }
        return result;
    }

    @Override
    public Watch every(Duration pause, Runnable work) {
        Thread thread = start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    once(work);
                    Thread.sleep(pause);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        return thread::interrupt;
    }

    private static void once(Runnable work) {
        try {
            work.run();
        } catch (CancellationException _) {
            // Its end was wished.
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "work in the background failed", e);
        }
    }

    private Thread start(Runnable work) {
        Thread thread = Thread.ofVirtual().name("background").unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
        return thread;
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    private static final class Interruptible<T> extends CompletableFuture<T> {

        private volatile @Nullable Thread thread;

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            Thread working = thread;
            if (cancelled && working != null) {
                working.interrupt();
            }
            return cancelled;
        }
    }
}
