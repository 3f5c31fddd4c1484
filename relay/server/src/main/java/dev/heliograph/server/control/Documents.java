package dev.heliograph.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.server.control.ControlStore.Snapshot;
import dev.heliograph.server.control.ControlStore.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// All documents that this node knows. Reading takes no lock; changes come one at a time, and so do listeners
/// hear them.
final class Documents {

    private record Expiry(long at, String type, String id) {}

    private final Map<String, Kind<?>> kinds = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    /// Of those that expire. Guarded by the lock.
    private final TreeSet<Expiry> expiries = new TreeSet<>(
            Comparator.comparingLong(Expiry::at).thenComparing(Expiry::type).thenComparing(Expiry::id));

    /// Written under the lock.
    private volatile long revision;

    /// That it is at; 0 before anything was loaded.
    long revision() {
        return revision;
    }

    <T> void listen(DocumentType<T> type, DocumentListener<T> listener) {
        kind(type).listen(listener);
    }

    /// The documents of a type, which is known from now on.
    ///
    /// @throws IllegalArgumentException if the name is that of another type
    <T> Kind<T> kind(DocumentType<T> type) {
        Kind<?> kind = kinds.get(type.name());
        if (kind == null || kind.unread) {
            changing.lock();
            try {
                kind = kinds.compute(
                        type.name(), (_, known) -> known == null || known.unread ? known(type, known) : known);
            } finally {
                changing.unlock();
            }
        }
        if (!kind.type.equals(type)) {
            throw new IllegalArgumentException(type + " is not " + kind.type);
        }
        @SuppressWarnings("unchecked")
        Kind<T> same = (Kind<T>) kind;
        return same;
    }

    @SuppressWarnings("unchecked")
    private static <T> Kind<T> known(DocumentType<T> type, @Nullable Kind<?> unread) {
        Kind<T> kind = new Kind<>(type, false);
        if (unread != null) {
            kind.adopt((Kind<JsonNode>) unread);
        }
        return kind;
    }

    /// A type that nobody asked for yet is kept as it is.
    private Kind<?> kind(String name) {
        return kinds.computeIfAbsent(name, _ -> new Kind<>(new DocumentType<>(name, JsonNode.class), true));
    }

    /// Brings these changes in, which follow what it has.
    void change(Snapshot changes, long now) {
        changing.lock();
        try {
            for (Stored stored : changes.documents()) {
                long current = revision(stored);
                if (stored.revision() > current || (stored.json() == null && stored.revision() == current)) {
                    take(stored, now);
                }
            }
            revision = changes.revision();
        } finally {
            changing.unlock();
        }
    }

    /// Becomes what the store has, whatever was here.
    void replace(Snapshot all, long now) {
        changing.lock();
        try {
            Map<String, Set<String>> there = new HashMap<>();
            for (Stored stored : all.documents()) {
                there.computeIfAbsent(stored.type(), _ -> new HashSet<>()).add(stored.id());
                if (stored.revision() != revision(stored)) {
                    take(stored, now);
                }
            }
            // Afterwards, so that what was replaced by another document is in force all the time.
            kinds.values()
                    .forEach(kind -> kind.all().stream()
                            .filter(document -> !there.getOrDefault(kind.type.name(), Set.of())
                                    .contains(document.id()))
                            .forEach(document -> remove(kind, document)));
            revision = all.revision();
        } finally {
            changing.unlock();
        }
    }

    /// Removes what has expired.
    void expire(long now) {
        changing.lock();
        try {
            while (!expiries.isEmpty() && expiries.first().at <= now) {
                Expiry first = expiries.removeFirst();
                kind(first.type).remove(first.id);
            }
        } finally {
            changing.unlock();
        }
    }

    /// What puts all of them into a store that has none.
    List<Edit<?>> restoration(long now) {
        List<Edit<?>> edits = new ArrayList<>();
        kinds.values().forEach(kind -> edits.addAll(kind.restoration(now)));
        return edits;
    }

    private long revision(Stored stored) {
        return kind(stored.type())
                .find(stored.id())
                .map(document -> document.revision())
                .orElse(0L);
    }

    private void take(Stored stored, long now) {
        Kind<?> kind = kind(stored.type());
        Optional<? extends Document<?>> before = kind.find(stored.id());
        before.ifPresent(document -> unschedule(kind, document));
        if (stored.json() == null || (stored.expiresAt() != 0 && stored.expiresAt() <= now)) {
            kind.remove(stored.id());
        } else if (kind.put(stored) && stored.expiresAt() != 0) {
            expiries.add(new Expiry(stored.expiresAt(), stored.type(), stored.id()));
        }
    }

    private void remove(Kind<?> kind, Document<?> document) {
        unschedule(kind, document);
        kind.remove(document.id());
    }

    private void unschedule(Kind<?> kind, Document<?> document) {
        if (document.expiresAt() != 0) {
            expiries.remove(new Expiry(document.expiresAt(), kind.type.name(), document.id()));
        }
    }

    <T> List<Document<T>> all(DocumentType<T> type, long now) {
        return kind(type).all().stream()
                .filter(document -> !document.isExpired(now))
                .toList();
    }

    <T> Optional<Document<T>> find(DocumentType<T> type, String id, long now) {
        return kind(type).find(id).filter(document -> !document.isExpired(now));
    }
}
