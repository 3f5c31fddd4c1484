package dev.heliograph.server.broker;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What became of publications with an idempotency key, for a time and up to a number; beyond it the oldest goes.
///
/// The calls for one channel must not overlap: then the first result of a key is the only one. Threadsafe otherwise.
final class IdempotentResults {

    private record Key(String channel, String key) {}

    // Not a record: removing an entry must not remove a later one of the same content.
    private static final class Entry {
        private final Key key;
        private final PublishResult result;
        private final long ends;

        Entry(Key key, PublishResult result, long ends) {
            this.key = key;
            this.result = result;
            this.ends = ends;
        }
    }

    private final int max;
    private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Entry> byAge = new ConcurrentLinkedQueue<>();
    private final AtomicInteger aged = new AtomicInteger();

    IdempotentResults(int max) {
        this.max = max;
    }

    Optional<PublishResult> find(String channel, String key, long now) {
        Entry entry = entries.get(new Key(channel, key));
        return entry == null || entry.ends <= now ? Optional.empty() : Optional.of(entry.result);
    }

    void remember(String channel, String key, PublishResult result, long ends) {
        Entry entry = new Entry(new Key(channel, key), result, ends);
        entries.put(entry.key, entry);
        byAge.add(entry);
        if (aged.incrementAndGet() > max) {
            Entry oldest = byAge.poll();
            if (oldest != null) {
                forget(oldest);
            }
        }
    }

    /// Frees the memory of what has expired, from the oldest to the first that has not: with times to live of
    /// different lengths a short one behind a long one is kept longer, within the bound.
    void sweep(long now) {
        Entry oldest = byAge.peek();
        while (oldest != null && oldest.ends <= now) {
            // Someone else may have taken it since; then the head is another one.
            if (byAge.remove(oldest)) {
                forget(oldest);
            }
            oldest = byAge.peek();
        }
    }

    private void forget(Entry entry) {
        aged.decrementAndGet();
        entries.remove(entry.key, entry);
    }

    int count() {
        return aged.get();
    }
}
