package dev.heliograph.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs tasks one after the other, in the order they came, on a virtual thread that lives while there are any.
/// What is touched by its tasks only needs no lock. Threadsafe.
final class Serial implements Executor {

    private static final System.Logger LOG = System.getLogger(Serial.class.getName());

    private final String name;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /// Tasks that have not finished; the one that makes it 1 starts the thread.
    private final AtomicInteger open = new AtomicInteger();

    Serial(String name) {
        this.name = name;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (open.getAndIncrement() == 0) {
            Thread.ofVirtual().name(name).start(this::drain);
        }
    }

    private void drain() {
        do {
            try {
                tasks.remove().run();
            } catch (Throwable e) {
                // Whatever a task throws, the next one has its turn.
                LOG.log(System.Logger.Level.ERROR, "a task of the Heliograph client failed", e);
            }
        } while (open.decrementAndGet() > 0);
    }
}
