package dev.heliograph.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What a client's listeners were told, by the type of the event and in order; each event is handed out once.
/// Threadsafe.
final class EventLog {

    /// Far more than any event needs, so that only what never comes fails.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<Object> all = new ArrayList<>();
    private final List<Object> unread = new ArrayList<>();

    void add(Object event) {
        lock.lock();
        try {
            all.add(event);
            unread.add(event);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next event of a type that nobody has waited for yet.
    <T> T next(Class<T> type) throws InterruptedException {
        return next(type, _ -> true);
    }

    /// Waits for the next event of a type that matches.
    <T> T next(Class<T> type, Predicate<? super T> matches) throws InterruptedException {
        lock.lock();
        try {
            long left = PATIENCE;
            while (true) {
                for (int i = 0; i < unread.size(); i++) {
                    if (type.isInstance(unread.get(i)) && matches.test(type.cast(unread.get(i)))) {
                        return type.cast(unread.remove(i));
                    }
                }
                if (left <= 0) {
                    throw new AssertionError("no " + type.getSimpleName() + " in time; seen: "
                            + all.stream()
                                    .map(each -> each.getClass().getSimpleName())
                                    .toList());
                }
                left = added.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// How many events of a type there have been.
    long count(Class<?> type) {
        lock.lock();
        try {
            return all.stream().filter(type::isInstance).count();
        } finally {
            lock.unlock();
        }
    }
}
