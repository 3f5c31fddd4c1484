package dev.heliograph.console.value;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A value that changes, and those who want to know.
///
/// Threadsafe. Listeners hear of changes on the thread that makes them, one after the other and in the order of the
/// changes,
/// under this value's lock: they must be quick, and hand on what takes time. A change to something equal is none. A
/// listener
/// that throws does not keep others from hearing.
public final class Value<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
    private volatile T current;

    public Value(T initial) {
        this.current = Objects.requireNonNull(initial, "initial is null");
    }

    public T get() {
        return current;
    }

    public void set(T next) {
        update(_ -> next);
    }

    /// Changes it to what is made of the present value; nobody else changes it meanwhile.
    public void update(UnaryOperator<T> change) {
        lock.lock();
        try {
            T before = current;
            T next = Objects.requireNonNull(change.apply(before), "a value is never null");
            if (next.equals(before)) {
                return;
            }
            current = next;
            RuntimeException failed = null;
            for (Consumer<? super T> listener : listeners) {
                try {
                    listener.accept(next);
                } catch (RuntimeException e) {
                    failed = e;
                }
            }
            if (failed != null) {
                throw failed;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Tells the present value at once, and each later one, until the watch is closed.
    public Watch listen(Consumer<? super T> listener) {
        lock.lock();
        try {
            listeners.add(listener);
            listener.accept(current);
        } finally {
            lock.unlock();
        }
        return () -> listeners.remove(listener);
    }
}
