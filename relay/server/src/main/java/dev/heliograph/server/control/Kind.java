package dev.heliograph.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.server.control.ControlStore.Stored;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The documents of one type, and who hears of them. Any thread may read; one at a time changes.
final class Kind<T> {

    private static final System.Logger LOG = System.getLogger(Control.class.getName());

    final DocumentType<T> type;

    /// Whether nobody has asked for the type yet: it may be one of a newer version.
    final boolean unread;

    private final List<DocumentListener<T>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Document<T>> documents = new ConcurrentHashMap<>();

    Kind(DocumentType<T> type, boolean unread) {
        this.type = type;
        this.unread = unread;
    }

    void listen(DocumentListener<T> listener) {
        listeners.add(listener);
    }

    List<Document<T>> all() {
        return List.copyOf(documents.values());
    }

    Optional<Document<T>> find(String id) {
        return Optional.ofNullable(documents.get(id));
    }

    /// What this node cannot read is not there for it.
    ///
    /// @return whether it is there now
    boolean put(Stored stored) {
        if (stored.json() != null) {
            try {
                put(new Document<>(
                        stored.id(),
                        ControlJson.read(stored.json(), type.body()),
                        stored.revision(),
                        stored.expiresAt()));
                return true;
            } catch (IOException e) {
                LOG.log(
                        Level.ERROR,
                        () -> "%s '%s' is not in force here, for it cannot be read: %s"
                                .formatted(type.name(), stored.id(), e.getMessage()));
            }
        }
        remove(stored.id());
        return false;
    }

    private void put(Document<T> document) {
        documents.put(document.id(), document);
        tell(listener -> listener.put(document));
    }

    void remove(String id) {
        if (documents.remove(id) != null) {
            tell(listener -> listener.removed(id));
        }
    }

    /// One that fails must keep neither the others nor the next document waiting.
    private void tell(Consumer<DocumentListener<T>> news) {
        for (DocumentListener<T> listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a listener of " + type.name() + " failed", e);
            }
        }
    }

    /// Takes over what was kept while nobody knew the type.
    void adopt(Kind<JsonNode> unread) {
        for (Document<JsonNode> each : unread.documents.values()) {
            put(new Stored(type.name(), each.id(), ControlJson.write(each.body()), each.revision(), each.expiresAt()));
        }
    }

    /// What puts all of them into a store that has none.
    List<Edit<T>> restoration(long now) {
        return documents.values().stream()
                .filter(document -> !document.isExpired(now))
                .<Edit<T>>map(document -> new Edit.Put<>(type, document.id(), document.body(), document.expiresAt(), 0))
                .toList();
    }
}
