package dev.heliograph.server.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Runs the tasks of one session one after the other, in the order they were posted, on a virtual thread that lives
/// while there are tasks. Tasks may block. An empty mailbox costs one object.
final class Mailbox {

    private static final System.Logger LOG = System.getLogger(Mailbox.class.getName());

    /// Guarded by this; null while no thread is at work.
    private @Nullable ArrayDeque<Runnable> tasks;

    /// From any thread; never blocks for longer than it takes to queue.
    void post(Runnable task) {
        synchronized (this) {
            if (tasks != null) {
                tasks.add(task);
                return;
            }
            tasks = new ArrayDeque<>(2);
        }
        Thread.ofVirtual().start(() -> work(task));
    }

    private void work(Runnable first) {
        for (Runnable task = first; task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a session's task failed", e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = tasks == null ? null : tasks.poll();
        if (task == null) {
            tasks = null;
        }
        return task;
    }
}
