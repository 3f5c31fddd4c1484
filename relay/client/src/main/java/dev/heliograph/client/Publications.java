package dev.heliograph.client;

import dev.heliograph.protocol.Publication;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The publications of one subscription for a loop, which waits for each and is best run on a virtual thread:
///
/// ```java
/// try (Publications publications = subscription.publications()) {
///     for (Publication publication : publications) {
///         ...
///     }
/// }
/// ```
///
/// The loop ends when the subscription is ended by the application, when the client is closed and when the thread is
/// interrupted (it stays so); it ends with an [UnsubscribedException] when the server ended the subscription. Closing
/// unsubscribes; a loop that is left without it holds up the subscription's events, see [HeliographClient].
///
/// There is one iterator, for one thread.
public final class Publications implements Iterable<Publication>, AutoCloseable {

    private final String channel;
    private final Runnable unsubscribe;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by lock.
    private @Nullable Publication slot;
    private @Nullable Cause end;
    private boolean closed;
    private boolean iterating;

    Publications(String channel, Runnable unsubscribe) {
        this.channel = channel;
        this.unsubscribe = unsubscribe;
    }

    /// Waits until the loop has taken the one before.
    void put(Publication publication) {
        lock.lock();
        try {
            while (slot != null && !closed) {
                changed.awaitUninterruptibly();
            }
            if (!closed) {
                slot = publication;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// There will be no more.
    void end(Cause cause) {
        lock.lock();
        try {
            end = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Iterator<Publication> iterator() {
        lock.lock();
        try {
            if (iterating) {
                throw new IllegalStateException("publications can be iterated over once");
            }
            iterating = true;
        } finally {
            lock.unlock();
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return await();
            }

            @Override
            public Publication next() {
                return take();
            }
        };
    }

    private boolean await() {
        lock.lock();
        try {
            while (slot == null && end == null && !closed) {
                changed.await();
            }
            if (closed) {
                return false;
            }
            if (slot == null && end != null && end.code() >= Membership.FIRST_FOREIGN_CODE) {
                throw new UnsubscribedException(channel, end);
            }
            return slot != null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Publication take() {
        lock.lock();
        try {
            Publication taken = await() ? slot : null;
            if (taken == null) {
                throw new NoSuchElementException();
            }
            slot = null;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            slot = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        unsubscribe.run();
    }
}
